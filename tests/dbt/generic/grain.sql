{#
    Fails with every combination of the grain's columns that stands on more than one row, and with every row in which
    one of the columns `not_null` is missing: one check for what makes a row one row.
#}
{% test grain(model, columns, not_null=[]) %}

select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% if not_null %}
union all
select {{ columns | join(', ') }}, 0 as row_count
from {{ model }}
where {% for column in not_null %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
{% endif %}

{% endtest %}
