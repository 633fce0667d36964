select tickets.ticket_key
from {{ ref('int_tickets') }} as tickets
left join {{ ref('int_ticket_initial_states') }} as initial_states
    on tickets.ticket_key = initial_states.ticket_key
        and tickets.created_month = initial_states.created_month
where initial_states.ticket_key is null
