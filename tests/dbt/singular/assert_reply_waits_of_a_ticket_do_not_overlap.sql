select
    ticket_key,
    wait_number
from (
    select
        *,
        lag(coalesce(ended_at, asked_at)) over (partition by ticket_key order by wait_number) as previous_ended_at,
        lag(state) over (partition by ticket_key order by wait_number) as previous_state
    from {{ ref('fct_reply_waits') }}
)
where asked_at < previous_ended_at or previous_state = 'waiting' or ended_at < asked_at
