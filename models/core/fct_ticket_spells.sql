-- Grain: one spell: the half-open time in which a ticket's status, assignee, team and priority stayed the same.
with

spells as (

    select * from {{ ref('int_ticket_spells') }}

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

-- A finished ticket's last spell runs on for nobody: it has no end and no seconds.
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
        cast(
            case
                when spells.ended_at is not null or spells.status not in ('solved', 'closed')
                    then {{ seconds_between('spells.started_at', 'coalesce(spells.ended_at, run.as_of)') }}
            end as bigint
        ) as seconds,
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
