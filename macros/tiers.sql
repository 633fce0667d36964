{# Whether one support tier is above another: longer names are higher, of one length the later in the alphabet, so that
   L1 < L2 < L10; false where either is not known. #}
{% macro is_higher_tier(tier, than) -%}
    coalesce(
        length({{ tier }}) > length({{ than }})
        or (length({{ tier }}) = length({{ than }}) and lower({{ tier }}) > lower({{ than }})),
        false
    )
{%- endmacro %}
