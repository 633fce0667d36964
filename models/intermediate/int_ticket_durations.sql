-- Grain: one ticket, with the times and counts of its life; NULL where its history does not tell.
with

states as (

    select * from {{ ref('int_ticket_current_states') }}

),

tickets as (

    select ticket_key, created_at from {{ ref('int_tickets') }}

),

lifecycles as (

    select * from {{ ref('int_ticket_lifecycles') }}

),

-- A ticket deleted at its creation has no spells: it spent no time anywhere.
completed as (

    select
        tickets.ticket_key,
        states.is_history_incomplete,
        states.is_time_unknown,
        lifecycles.first_solved_at,
        lifecycles.solved_at,
        {{ seconds_between('tickets.created_at', 'lifecycles.first_solved_at') }} as first_resolution_seconds,
        {{ seconds_between('tickets.created_at', 'lifecycles.solved_at') }} as full_resolution_seconds,
        coalesce(lifecycles.new_seconds, 0) as new_seconds,
        coalesce(lifecycles.open_seconds, 0) as open_seconds,
        coalesce(lifecycles.pending_seconds, 0) as pending_seconds,
        coalesce(lifecycles.hold_seconds, 0) as hold_seconds,
        coalesce(lifecycles.solved_gap_seconds, 0) as solved_gap_seconds,
        coalesce(lifecycles.deleted_gap_seconds, 0) as deleted_gap_seconds,
        coalesce(lifecycles.solve_count, 0) as solve_count,
        coalesce(lifecycles.reopen_count, 0) as reopen_count,
        coalesce(lifecycles.assignee_change_count, 0) as assignee_change_count,
        coalesce(lifecycles.team_change_count, 0) as team_change_count,
        coalesce(lifecycles.agent_count, 0) as agent_count
    from tickets
    inner join states on tickets.ticket_key = states.ticket_key
    left join lifecycles on tickets.ticket_key = lifecycles.ticket_key

),

final as (

    select
        ticket_key,
        first_solved_at,
        solved_at,
        first_resolution_seconds,
        full_resolution_seconds,
        cast(case when not is_time_unknown then new_seconds end as bigint) as new_seconds,
        cast(case when not is_time_unknown then open_seconds end as bigint) as open_seconds,
        cast(case when not is_time_unknown then pending_seconds end as bigint) as pending_seconds,
        cast(case when not is_time_unknown then hold_seconds end as bigint) as hold_seconds,
        cast(case when not is_time_unknown then solved_gap_seconds end as bigint) as solved_gap_seconds,
        cast(case when not is_time_unknown then deleted_gap_seconds end as bigint) as deleted_gap_seconds,
        cast(full_resolution_seconds - pending_seconds as bigint) as resolution_ex_pending_seconds,
        cast(full_resolution_seconds - hold_seconds as bigint) as resolution_ex_hold_seconds,
        cast(full_resolution_seconds - pending_seconds - hold_seconds as bigint) as resolution_ex_pending_and_hold_seconds,
        cast(case when not is_time_unknown then new_seconds + open_seconds + hold_seconds end as bigint) as requester_wait_seconds,
        cast(case when not is_time_unknown then pending_seconds end as bigint) as agent_wait_seconds,
        cast(case when not is_time_unknown then new_seconds + open_seconds end as bigint) as agent_work_seconds,
        cast(case when not is_history_incomplete then solve_count end as bigint) as solve_count,
        cast(case when not is_history_incomplete then reopen_count end as bigint) as reopen_count,
        cast(assignee_change_count as bigint) as assignee_change_count,
        cast(team_change_count as bigint) as team_change_count,
        cast(agent_count as bigint) as agent_count
    from completed

)

select * from final
