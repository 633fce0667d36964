{# The latest version of each record of an append-only table: newest by `newest_first`, then what landed last. #}
{% macro latest_version(relation, key, newest_first=[]) -%}
    select * from (
        select
            *,
            row_number() over (
                partition by {{ key | join(', ') }}
                order by
                    {% for column in newest_first %}{{ column }} desc nulls last, {% endfor -%}
                    _loaded_at desc, _file desc, _line desc
            ) as _version_rank
        from {{ relation }}
    )
    where _version_rank = 1
{%- endmacro %}

{# One key out of several columns; a missing part is told apart from an empty one. Whoever knows the columns can
   compute it: keys of people, and of what only a person's id tells apart, are pseudonyms. #}
{% macro surrogate_key(columns) -%}
    md5({{ key_text(columns) }})
{%- endmacro %}

{% macro key_text(columns) -%}
    {%- for column in columns -%}
        coalesce(cast({{ column }} as {{ dbt.type_string() }}), '∅')
        {%- if not loop.last %} || '|' || {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The last value known up to and including (or, with `before`, just before) this row. #}
{% macro last_known(value, partition_by, order_by, before=false) -%}
    {{ adapter.dispatch('last_value_ignoring_nulls')(value) }} over (
        partition by {{ partition_by }} order by {{ order_by }}
        rows between unbounded preceding and {{ '1 preceding' if before else 'current row' }}
    )
{%- endmacro %}

{% macro duckdb__last_value_ignoring_nulls(value) -%}
    last_value({{ value }} ignore nulls)
{%- endmacro %}

{% macro spark__last_value_ignoring_nulls(value) -%}
    last_value({{ value }}) ignore nulls
{%- endmacro %}

{# One row for each part of a text with commas between its parts; stands alone in a select. #}
{% macro each_part(text) -%}
    {{ adapter.dispatch('each_part')(text) }}
{%- endmacro %}

{% macro duckdb__each_part(text) -%}
    unnest(string_split({{ text }}, ','))
{%- endmacro %}

{% macro spark__each_part(text) -%}
    explode(split({{ text }}, ','))
{%- endmacro %}
