-- Grain: one agent of the open format whose time is told, with the agent of a helpdesk that this is.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

told as (

    select source_system, source_account, agent_id, started_at from {{ ref('stg_generic__agent_states') }}
    union all
    select source_system, source_account, agent_id, starts_at as started_at from {{ ref('stg_generic__shifts') }}
    union all
    select source_system, source_account, agent_id, started_at from {{ ref('stg_generic__time_entries') }}

),

staffed as (

    select distinct told.source_system, told.source_account, told.agent_id
    from told
    cross join run
    where told.agent_id is not null and told.started_at <= run.as_of

),

-- Workforce tools stand beside a helpdesk and go by its ids: an id that only one other helpdesk knows is that agent.
elsewhere as (

    select
        agent_id,
        min(agent_key) as agent_key,
        min(source_system) as source_system,
        min(source_account) as source_account
    from agents
    group by agent_id
    having count(*) = 1

),

final as (

    select
        staffed.source_account as told_by_account,
        staffed.agent_id,
        coalesce(
            own.agent_key,
            elsewhere.agent_key,
            {{ pseudonym(['staffed.source_system', 'staffed.source_account', 'staffed.agent_id']) }}
        ) as agent_key,
        coalesce(own.source_system, elsewhere.source_system, staffed.source_system) as source_system,
        coalesce(own.source_account, elsewhere.source_account, staffed.source_account) as source_account,
        own.agent_key is not null or elsewhere.agent_key is not null as is_known
    from staffed
    left join agents as own
        on staffed.source_system = own.source_system
            and staffed.source_account = own.source_account
            and staffed.agent_id = own.agent_id
    left join elsewhere on staffed.agent_id = elsewhere.agent_id

)

select * from final
