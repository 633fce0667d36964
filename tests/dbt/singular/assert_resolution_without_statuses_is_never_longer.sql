select ticket_key
from {{ ref('fct_tickets') }}
where resolution_ex_pending_and_hold_seconds > resolution_ex_pending_seconds
    or resolution_ex_pending_and_hold_seconds > resolution_ex_hold_seconds
    or resolution_ex_pending_seconds > full_resolution_seconds
    or resolution_ex_hold_seconds > full_resolution_seconds
    or resolution_ex_pending_and_hold_seconds < 0
