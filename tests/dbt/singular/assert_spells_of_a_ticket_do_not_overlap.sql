select spell_key
from (
    select *, lead(started_at) over (partition by ticket_key order by started_at) as next_started_at
    from {{ ref('fct_ticket_spells') }}
)
where (ended_at is null and next_started_at is not null)
    or ended_at > next_started_at
    or ended_at <= started_at
