{{ config(severity='warn') }}
-- Of one channel an agent is in one state at a time: what overlaps counts once, and its records are wrong.
select agent_time_key
from (
    select
        *,
        lead(started_at) over (
            partition by source_account, agent_key, channel order by started_at, ended_at
        ) as next_started_at
    from {{ ref('fct_agent_time') }}
)
where ended_at > next_started_at
