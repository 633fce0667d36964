{# The key of a person, an organization or anything that only a person's id tells apart: native ids are small numbers,
   which anybody could try one after the other, so what is hashed begins with a secret. It is a row of a private table
   and never in the text of a query; without it there is no key at all. Half of the digest is as long as other keys,
   and no more of SHA-256's state than nobody can go on from. #}
{% macro pseudonym(columns) -%}
    substring(
        {{ adapter.dispatch('sha256_hex')(
            '(select secret from ' ~ ref('stg_warehouse__pseudonym_key') ~ ") || '|' || " ~ key_text(columns)
        ) }}, 1, 32
    )
{%- endmacro %}

{% macro duckdb__sha256_hex(text) -%}
    sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256_hex(text) -%}
    sha2({{ text }}, 256)
{%- endmacro %}
