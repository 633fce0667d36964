{# The date so many days after another one; dbt's own dateadd is NULL on Spark where timestamps have no zone. #}
{% macro days_after(date_value, days) -%}
    {{ return(adapter.dispatch('days_after')(date_value, days)) }}
{%- endmacro %}

{% macro duckdb__days_after(date_value, days) -%}
    ({{ date_value }} + cast({{ days }} as integer))
{%- endmacro %}

{% macro spark__days_after(date_value, days) -%}
    date_add({{ date_value }}, cast({{ days }} as int))
{%- endmacro %}

{# The date so many months after another one; the last day of a month where that month has no such day. #}
{% macro months_after(date_value, months) -%}
    {{ return(adapter.dispatch('months_after')(date_value, months)) }}
{%- endmacro %}

{% macro duckdb__months_after(date_value, months) -%}
    cast({{ date_value }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{% macro spark__months_after(date_value, months) -%}
    add_months({{ date_value }}, cast({{ months }} as int))
{%- endmacro %}

{# The start of the same period a year earlier: days and weeks look back 52 weeks, so that weekdays match. #}
{% macro year_earlier(period_grain, period_start) -%}
    cast(
        case
            when {{ period_grain }} in ('day', 'week') then {{ days_after(period_start, -364) }}
            else {{ months_after(period_start, -12) }}
        end as date
    )
{%- endmacro %}
