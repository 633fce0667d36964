-- Grain: one ticket that was ever visible: the stations it went through, and whether it was sent to the wrong team first.
with

spells as (

    select
        *,
        {{ last_known('team_id', 'ticket_key', 'started_at', before=true) }} as previous_team_id
    from {{ ref('int_ticket_spells') }}

),

teams as (

    select source_system, source_account, team_id, tier from {{ ref('int_teams') }}

),

tickets as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.has_messages,
        lifecycles.solved_at,
        message_counts.first_replied_at
    from {{ ref('int_tickets') }} as tickets
    left join {{ ref('int_ticket_lifecycles') }} as lifecycles on tickets.ticket_key = lifecycles.ticket_key
    left join {{ ref('int_ticket_message_counts') }} as message_counts on tickets.ticket_key = message_counts.ticket_key

),

stations as (

    select
        spells.ticket_key,
        min(case when spells.team_id is not null then spells.started_at end) as first_teamed_at,
        sum(case when spells.is_assignee_change then 1 else 0 end)
        + max(case when spells.assignee_id is not null then 1 else 0 end) as assignee_station_count,
        sum(case when spells.is_team_change then 1 else 0 end)
        + max(case when spells.team_id is not null then 1 else 0 end) as team_station_count
    from spells
    group by spells.ticket_key

),

first_teams as (

    select spells.ticket_key, spells.team_id
    from spells
    inner join stations on spells.ticket_key = stations.ticket_key and spells.started_at = stations.first_teamed_at

),

solving_teams as (

    select spells.ticket_key, spells.team_id
    from spells
    inner join tickets on spells.ticket_key = tickets.ticket_key and spells.started_at = tickets.solved_at
    where spells.is_solve and spells.team_id is not null

),

-- What may be a wrong turn: a change of team before the first reply, and the way from the first team to the solving one.
turns as (

    select spells.ticket_key, spells.previous_team_id as from_team_id, spells.team_id as to_team_id
    from spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    where spells.is_team_change
        and tickets.has_messages
        and (tickets.first_replied_at is null or spells.started_at < tickets.first_replied_at)
    union all
    select first_teams.ticket_key, first_teams.team_id as from_team_id, solving_teams.team_id as to_team_id
    from first_teams
    inner join solving_teams on first_teams.ticket_key = solving_teams.ticket_key
    where first_teams.team_id <> solving_teams.team_id

),

-- Handing up a tier is an escalation; every other turn is a wrong one.
misrouted as (

    select distinct turns.ticket_key
    from turns
    inner join tickets on turns.ticket_key = tickets.ticket_key
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and turns.to_team_id = teams.team_id
    left join teams as previous_teams
        on tickets.source_system = previous_teams.source_system
            and tickets.source_account = previous_teams.source_account
            and turns.from_team_id = previous_teams.team_id
    where not {{ is_higher_tier('teams.tier', 'previous_teams.tier') }}

),

final as (

    select
        stations.ticket_key,
        cast(stations.assignee_station_count as bigint) as assignee_station_count,
        cast(stations.team_station_count as bigint) as team_station_count,
        misrouted.ticket_key is not null as is_misrouted
    from stations
    left join misrouted on stations.ticket_key = misrouted.ticket_key

)

select * from final
