{# A figure of marts.kpi_values as a column: all five columns that name it, among rows grouped by period and slice
   value, so that exactly one row is meant. #}
{% macro figure(kpi_id, statistic, attribution='event', clock='none', variant='default', column='value') -%}
    max(
        case
            when kpi_id = '{{ kpi_id }}' and variant = '{{ variant }}' and attribution = '{{ attribution }}'
                and statistic = '{{ statistic }}' and clock = '{{ clock }}'
                then {{ column }}
        end
    )
{%- endmacro %}

{# A figure that counts, as a whole number. #}
{% macro figure_count(kpi_id, attribution='event', variant='default', statistic='count', column='value', clock='none') -%}
    cast({{ figure(kpi_id, statistic, attribution, clock, variant, column) }} as bigint)
{%- endmacro %}

{# A figure told in seconds, in hours. #}
{% macro figure_hours(kpi_id, statistic, attribution='event', clock='calendar', variant='default') -%}
    {{ figure(kpi_id, statistic, attribution, clock, variant) }} / 3600
{%- endmacro %}

{# Seconds as hours. #}
{% macro hours(seconds) -%}
    (cast({{ seconds }} as double) / 3600)
{%- endmacro %}
