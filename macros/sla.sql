{# The second an instant lies in: targets are counted in whole seconds. The cast keeps an instant without a zone one. #}
{% macro whole_second(instant) -%}
    cast({{ dbt.date_trunc('second', instant) }} as timestamp)
{%- endmacro %}
