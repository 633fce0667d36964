-- Grain: one part of a phone call that is over.
with

legs as (

    select * from {{ ref('int_call_legs') }}

),

calls as (

    select * from {{ ref('fct_calls') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

final as (

    select
        legs.call_leg_key,
        legs.call_key,
        legs.source_system,
        legs.source_account,
        legs.leg_type,
        legs.outcome,
        agents.agent_key,
        coalesce(teams.team, calls.team) as team,
        coalesce(teams.team_key, calls.team_key) as team_key,
        legs.started_at,
        calls.worked_on,
        legs.talk_seconds,
        legs.hold_seconds,
        legs.wrap_up_seconds,
        legs.consultation_seconds,
        legs.handle_seconds
    from legs
    inner join calls on legs.call_key = calls.call_key
    left join agents
        on legs.source_system = agents.source_system
            and legs.source_account = agents.source_account
            and legs.agent_id = agents.agent_id
    left join teams
        on agents.source_system = teams.source_system
            and agents.source_account = teams.source_account
            and agents.home_team_id = teams.team_id

)

select * from final
