{# DuckDB builds in a file of its own. A cluster's catalog is shared: what is being built has a prefix there, and the
   plain names belong to what is published. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ return(adapter.dispatch('generate_schema_name')(custom_schema_name, node)) }}
{%- endmacro %}

{% macro duckdb__generate_schema_name(custom_schema_name, node) -%}
    {{ return(custom_schema_name | trim if custom_schema_name is not none else target.schema) }}
{%- endmacro %}

{% macro spark__generate_schema_name(custom_schema_name, node) -%}
    {{ return(target.schema ~ ('_' ~ custom_schema_name | trim if custom_schema_name is not none else '')) }}
{%- endmacro %}
