select ticket_key
from {{ ref('fct_tickets') }}
where first_response_business_seconds not between 0 and first_response_seconds
    or first_response_business_seconds_at_event not between 0 and first_response_seconds
    or first_response_business_seconds_at_creation not between 0 and first_response_seconds
    or full_resolution_business_seconds not between 0 and full_resolution_seconds
    or first_resolution_business_seconds not between 0 and first_resolution_seconds
    or requester_wait_business_seconds not between 0 and requester_wait_seconds
    or agent_wait_business_seconds not between 0 and agent_wait_seconds
    or (full_resolution_business_seconds is null) <> (full_resolution_seconds is null)
    or (first_response_business_seconds is null) <> (first_response_seconds is null)
    or (open_business_seconds is null) <> (open_seconds is null)
