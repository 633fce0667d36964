-- By both clocks: the customer waits while a ticket is new, open or on hold, the agent while it is pending; new and open
-- is the agent's work; and all of it with the gaps is the full resolution.
select ticket_key
from {{ ref('fct_tickets') }}
where requester_wait_seconds <> new_seconds + open_seconds + hold_seconds
    or agent_work_seconds <> new_seconds + open_seconds
    or agent_wait_seconds <> pending_seconds
    or full_resolution_seconds <> requester_wait_seconds + agent_wait_seconds + solved_gap_seconds + deleted_gap_seconds
    or (requester_wait_seconds is null) <> (new_seconds is null)
    or requester_wait_business_seconds <> new_business_seconds + open_business_seconds + hold_business_seconds
    or agent_work_business_seconds <> new_business_seconds + open_business_seconds
    or agent_wait_business_seconds <> pending_business_seconds
    or full_resolution_business_seconds
    <> requester_wait_business_seconds + agent_wait_business_seconds
    + solved_gap_business_seconds + deleted_gap_business_seconds
