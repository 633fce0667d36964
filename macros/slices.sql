{# The value a row has in each slice; expects the columns of fct_tickets and a column `slice` from dim_slice. #}
{% macro slice_value() -%}
    case slice
        when 'all' then 'all'
        when 'source_system' then source_system
        when 'channel' then channel
        when 'team' then {{ slice_label('team') }}
        when 'agent' then {{ slice_label('agent') }}
        when 'priority' then {{ slice_label('priority') }}
        when 'ticket_type' then ticket_type
    end
{%- endmacro %}

{# The value a row has in a slice that it may have none in. #}
{% macro slice_label(slice) -%}
    {{ {
        'team': "coalesce(team, 'unassigned')",
        'agent': "coalesce(agent_key, 'unassigned')",
        'priority': "coalesce(priority, 'unknown')",
    }[slice] }}
{%- endmacro %}
