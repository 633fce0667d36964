-- Only those: who is answered after the solve waited longer for the answer than for the solve, and that is legal.
select ticket_key
from {{ ref('fct_tickets') }}
where first_replied_at <= solved_at
    and (
        first_response_seconds > full_resolution_seconds
        or first_response_business_seconds > full_resolution_business_seconds
    )
