-- Grain: one spell: the half-open time in which a ticket's status, assignee, team and priority stayed the same.
with

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

stretches as (

    select * from {{ ref('int_ticket_stretches') }} where not is_deleted_gap

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, source_system, source_account from {{ ref('int_tickets') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

final as (

    select
        {{ surrogate_key(['spells.ticket_key', 'spells.started_at']) }} as spell_key,
        spells.ticket_key,
        spells.started_at,
        spells.ended_at,
        {{ reporting_day('spells.started_at', 'run.reporting_time_zone') }} as started_on,
        spells.status,
        spells.previous_status,
        agents.agent_key,
        teams.team,
        teams.team_key,
        spells.priority,
        cast(stretches.seconds as bigint) as seconds,
        cast(stretches.business_seconds as bigint) as business_seconds,
        spells.is_solve,
        spells.is_reopen,
        spells.is_undeletion,
        spells.is_merge,
        spells.is_ended_by_deletion,
        spells.is_ended_by_merge,
        spells.is_assignee_change,
        spells.is_team_change
    from spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    inner join stretches on spells.ticket_key = stretches.ticket_key and spells.started_at = stretches.started_at
    cross join run
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and spells.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and spells.team_id = teams.team_id

)

select * from final
