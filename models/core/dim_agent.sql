-- Grain: one agent.
with

agents as (

    select * from {{ ref('int_agents') }}

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
