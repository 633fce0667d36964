{# The condition that joins int_exchange_rates: the rate of a currency in force on a day. #}
{% macro exchange_rate_of(rates, currency, day) -%}
    {{ rates }}.currency = {{ currency }}
    and {{ rates }}.valid_from <= {{ day }}
    and ({{ rates }}.valid_until is null or {{ rates }}.valid_until > {{ day }})
{%- endmacro %}

{# The number of a month: consecutive months have consecutive numbers. #}
{% macro month_number(day) -%}
    (extract(year from {{ day }}) * 12 + extract(month from {{ day }}))
{%- endmacro %}

{# Whole days since 2000: differences of dates that can be summed. #}
{% macro day_number(day) -%}
    cast({{ seconds_between("cast('2000-01-01' as timestamp)", "cast(" ~ day ~ " as timestamp)") }} / 86400 as decimal(10, 0))
{%- endmacro %}

{# How many days a month has, from its first day. #}
{% macro days_of_month(month_start) -%}
    ({{ day_number(months_after(month_start, 1)) }} - {{ day_number(month_start) }})
{%- endmacro %}
