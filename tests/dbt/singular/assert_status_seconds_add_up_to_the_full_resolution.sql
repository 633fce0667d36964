-- What a ticket spent in each status, solved before a reopen and deleted, is all of its life up to the last solve.
select ticket_key
from {{ ref('fct_tickets') }}
where solved_at is not null
    and new_seconds + open_seconds + pending_seconds + hold_seconds + solved_gap_seconds + deleted_gap_seconds
    <> full_resolution_seconds
