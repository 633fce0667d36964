{# A sum of whatever numbers, the same in whatever order they come: doubles are added as decimals of nine places. #}
{% macro exact_sum(expression) -%}
    cast(sum(cast({{ expression }} as decimal(28, 9))) as double)
{%- endmacro %}
