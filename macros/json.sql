{# The value at a path of JSON text, such as $.source.to.ticket_id, as text: a string without its quotes, a number
   with every digit of its id, what is nested as JSON text; nothing for null and for a path that is not there. #}
{% macro json_text(document, path) -%}
    {{ return(adapter.dispatch('json_text')(document, path)) }}
{%- endmacro %}

{% macro duckdb__json_text(document, path) -%}
    json_extract_string({{ document }}, '{{ path }}')
{%- endmacro %}

{% macro spark__json_text(document, path) -%}
    get_json_object({{ document }}, '{{ path }}')
{%- endmacro %}

{# Two columns of a select, with a row for each element of a JSON list: element_number, counted from 1, and element, as
   text like json_text. What is no list, or an empty one, has no row. A select holds one such list at most. #}
{% macro json_elements(document) -%}
    {{ return(adapter.dispatch('json_elements')(document)) }}
{%- endmacro %}

{% macro duckdb__json_elements(document) -%}
    generate_subscripts(json_extract_string({{ document }}, '$[*]'), 1) as element_number,
    unnest(json_extract_string({{ document }}, '$[*]')) as element
{%- endmacro %}

{% macro spark__json_elements(document) -%}
    inline(
        transform(
            from_json({{ document }}, 'array<string>'),
            (element, number) -> struct(cast(number + 1 as bigint) as element_number, element as element)
        )
    )
{%- endmacro %}
