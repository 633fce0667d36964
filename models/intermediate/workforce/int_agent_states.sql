-- Grain: one state of an agent in one channel, as far as it has lasted.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

states as (

    select states.*
    from {{ ref('stg_generic__agent_states') }} as states
    cross join run
    where states.started_at < run.as_of

),

agents as (

    select * from {{ ref('int_staffed_agents') }}

),

ordered as (

    select
        *,
        {{ pseudonym(['source_system', 'source_account', 'agent_id', 'channel', 'started_at']) }} as state_key,
        lead(started_at) over (partition by source_account, agent_id, channel order by started_at) as next_started_at
    from states

),

timed as (

    select
        ordered.state_key,
        agents.agent_key,
        ordered.source_system,
        ordered.source_account,
        ordered.state,
        ordered.channel,
        ordered.ticket_id,
        ordered.started_at,
        least(coalesce(ordered.ended_at, ordered.next_started_at, run.as_of), run.as_of) as ended_at,
        coalesce(ordered.ended_at, ordered.next_started_at) is null as is_running
    from ordered
    inner join agents on ordered.source_account = agents.told_by_account and ordered.agent_id = agents.agent_id
    cross join run

),

final as (

    select * from timed where started_at < ended_at

)

select * from final
