{# A bound of Wilson's interval at 95 % for a share: side -1 is the lower one, 1 the upper. Clipped, so that a numerator
   that is no part of its denominator gives a number, which nobody is shown, and no root of less than nothing. #}
{% macro wilson_bound(numerator, denominator, side) -%}
    {%- set n -%}nullif({{ denominator }}, 0){%- endset -%}
    {%- set p -%}least(greatest({{ numerator }} / {{ n }}, 0.0), 1.0){%- endset -%}
    {%- set z = '1.959963984540054' -%}
    least(greatest((
        {{ p }} + {{ z }} * {{ z }} / (2 * {{ n }})
        {{ '+' if side > 0 else '-' }} {{ z }} * sqrt({{ p }} * (1 - {{ p }}) / {{ n }} + {{ z }} * {{ z }} / (4 * {{ n }} * {{ n }}))
    ) / (1 + {{ z }} * {{ z }} / {{ n }}), cast(0 as double)), cast(1 as double))
{%- endmacro %}

{# The texts of a group in alphabetical order, with spaces between them. #}
{% macro joined_texts(text) -%}
    {{ adapter.dispatch('joined_texts')(text) }}
{%- endmacro %}

{% macro duckdb__joined_texts(text) -%}
    string_agg({{ text }}, ' ' order by {{ text }})
{%- endmacro %}

{% macro spark__joined_texts(text) -%}
    nullif(array_join(array_sort(collect_list({{ text }})), ' '), '')
{%- endmacro %}

{# Continuous percentiles of a group, sorted once for all of them: a list in the order of the shares. #}
{% macro percentiles(number, shares) -%}
    {{ adapter.dispatch('percentiles')(number, shares) }}
{%- endmacro %}

{% macro duckdb__percentiles(number, shares) -%}
    quantile_cont({{ number }}, [{{ shares | join(', ') }}])
{%- endmacro %}

{% macro spark__percentiles(number, shares) -%}
    percentile({{ number }}, array({{ shares | join(', ') }}))
{%- endmacro %}

{# The first, second … of a list. #}
{% macro nth(list, place) -%}
    {{ adapter.dispatch('nth')(list, place) }}
{%- endmacro %}

{% macro duckdb__nth(list, place) -%}
    list_extract({{ list }}, {{ place }})
{%- endmacro %}

{% macro spark__nth(list, place) -%}
    element_at({{ list }}, {{ place }})
{%- endmacro %}
