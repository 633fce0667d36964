-- What a ticket spent in each status, solved before a reopen and deleted, is all of its life: up to the last solve,
-- or to as_of while it is neither solved nor gone.
select ticket_key
from {{ ref('fct_tickets') }}
where (solved_at is not null or (status not in ('solved', 'closed') and not is_deleted and merged_into_id is null))
    and new_seconds + open_seconds + pending_seconds + hold_seconds + solved_gap_seconds + deleted_gap_seconds
    <> coalesce(full_resolution_seconds, age_seconds)
