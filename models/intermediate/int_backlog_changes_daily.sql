-- Grain: one reporting day × slice × slice value on which the backlog moved.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.channel,
        tickets.ticket_type,
        states.priority
    from {{ ref('int_tickets') }} as tickets
    inner join {{ ref('int_ticket_current_states') }} as states on tickets.ticket_key = states.ticket_key
    where not tickets.is_spam and not tickets.is_test

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

slices as (

    select * from {{ ref('kpi_slices') }}

),

-- A part of the backlog is only counted at the day's end: what moved in it does not matter.
whole_and_parts as (

    select
        ticket_key, moved_at, assignee_id, team_id, movement, 'whole' as backlog_part, change, is_other_assignee, is_other_team
    from {{ ref('int_backlog_movements') }}
    union all
    select
        ticket_key, moved_at, assignee_id, team_id, 'none' as movement, backlog_part, change,
        true as is_other_assignee, true as is_other_team
    from {{ ref('int_backlog_part_movements') }}

),

movements as (

    select
        {{ reporting_day('movements.moved_at', 'run.reporting_time_zone') }} as date_day,
        movements.movement,
        movements.backlog_part,
        movements.change,
        movements.is_other_assignee,
        movements.is_other_team,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type,
        agents.agent_key,
        teams.team
    from whole_and_parts as movements
    inner join tickets on movements.ticket_key = tickets.ticket_key
    cross join run
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and movements.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and movements.team_id = teams.team_id

),

-- Handing over moves a ticket between agents or between teams, and in no other slice.
sliced as (

    select
        movements.*,
        slices.slice,
        {{ slice_value() }} as slice_value
    from movements
    cross join slices
    where movements.movement not in ('transferred_in', 'transferred_out')
        or (slices.slice = 'agent' and movements.is_other_assignee)
        or (slices.slice = 'team' and movements.is_other_team)

),

final as (

    select
        date_day,
        slice,
        slice_value,
        sum(case when movement = 'created' then 1 else 0 end) as created_count,
        sum(case when movement = 'reopened' then 1 else 0 end) as reopened_count,
        sum(case when movement = 'undeleted' then 1 else 0 end) as undeleted_count,
        sum(case when movement = 'transferred_in' then 1 else 0 end) as transferred_in_count,
        sum(case when movement = 'solved' then 1 else 0 end) as solved_count,
        sum(case when movement = 'deleted' then 1 else 0 end) as deleted_count,
        sum(case when movement = 'merged' then 1 else 0 end) as merged_count,
        sum(case when movement = 'transferred_out' then 1 else 0 end) as transferred_out_count,
        sum(case when backlog_part = 'whole' then change else 0 end) as backlog_change,
        sum(case when backlog_part = 'new' then change else 0 end) as new_change,
        sum(case when backlog_part = 'unassigned' then change else 0 end) as unassigned_change,
        sum(case when backlog_part = 'without_team' then change else 0 end) as without_team_change,
        sum(case when backlog_part = 'overdue_reply' then change else 0 end) as overdue_reply_change,
        sum(case when backlog_part = 'overdue_resolution' then change else 0 end) as overdue_resolution_change,
        sum(
            case
                when backlog_part in ('overdue_reply', 'overdue_resolution') then change
                when backlog_part = 'overdue_both' then -change
                else 0
            end
        ) as overdue_change
    from sliced
    group by date_day, slice, slice_value

)

select * from final
