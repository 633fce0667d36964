-- Grain: one agent.
with

helpdesk_agents as (

    select * from {{ ref('int_agents') }}

),

-- Whom no helpdesk knows, but whose time is told.
staffed_only as (

    select agent_key, source_system, source_account
    from {{ ref('int_staffed_agents') }}
    where not is_known

),

agents as (

    select
        agent_key, source_system, source_account, agent_name, role, tier, home_team_id,
        is_active, is_trainer, hired_on, in_training_until
    from helpdesk_agents
    union all
    select
        agent_key, source_system, source_account,
        cast(null as {{ dbt.type_string() }}) as agent_name,
        cast(null as {{ dbt.type_string() }}) as role,
        cast(null as {{ dbt.type_string() }}) as tier,
        cast(null as {{ dbt.type_string() }}) as home_team_id,
        cast(null as boolean) as is_active,
        cast(null as boolean) as is_trainer,
        cast(null as date) as hired_on,
        cast(null as date) as in_training_until
    from staffed_only

),

teams as (

    select * from {{ ref('int_teams') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        agents.agent_key,
        agents.source_system,
        agents.source_account,
        case when run.publishes_agent_names then agents.agent_name end as agent_name,
        agents.role,
        agents.tier,
        teams.team as home_team,
        agents.is_active,
        agents.is_trainer,
        agents.hired_on,
        agents.in_training_until
    from agents
    cross join run
    left join teams
        on agents.source_system = teams.source_system
            and agents.source_account = teams.source_account
            and agents.home_team_id = teams.team_id

)

select * from final
