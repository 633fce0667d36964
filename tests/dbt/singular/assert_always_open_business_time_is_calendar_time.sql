-- Both clocks count the same stretches, so for a ticket that never was under a schedule that closes they must agree to
-- the second.
select ticket_key
from {{ ref('fct_tickets') }}
where ticket_key not in (select ticket_key from {{ ref('int_ticket_schedules') }} where schedule_origin <> 'always_open')
    and (
        coalesce(first_response_business_seconds <> first_response_seconds, false)
        or coalesce(first_resolution_business_seconds <> first_resolution_seconds, false)
        or coalesce(full_resolution_business_seconds <> full_resolution_seconds, false)
        or coalesce(new_business_seconds <> new_seconds, false)
        or coalesce(open_business_seconds <> open_seconds, false)
        or coalesce(pending_business_seconds <> pending_seconds, false)
        or coalesce(hold_business_seconds <> hold_seconds, false)
        or coalesce(solved_gap_business_seconds <> solved_gap_seconds, false)
        or coalesce(deleted_gap_business_seconds <> deleted_gap_seconds, false)
        or coalesce(requester_wait_business_seconds_at_event <> requester_wait_seconds, false)
        or coalesce(agent_work_business_seconds_at_creation <> agent_work_seconds, false)
    )
