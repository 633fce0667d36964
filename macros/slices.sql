{# The value a row has in each slice; expects the columns of fct_tickets and a column `slice` from dim_slice. #}
{% macro slice_value() -%}
    case slice
        when 'all' then 'all'
        when 'source_system' then source_system
        when 'channel' then channel
        when 'team' then coalesce(team, 'unassigned')
        when 'agent' then coalesce(agent_key, 'unassigned')
        when 'priority' then coalesce(priority, 'unknown')
        when 'ticket_type' then ticket_type
    end
{%- endmacro %}
