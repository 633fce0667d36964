-- Grain: one ticket, with the business seconds of its life in each schedule mode; NULL where its history does not tell.
with

states as (

    select ticket_key, is_time_unknown from {{ ref('int_ticket_current_states') }}

),

lifecycles as (

    select ticket_key, solved_at is not null as is_solved from {{ ref('int_ticket_lifecycles') }}

),

first_times as (

    select * from {{ ref('int_ticket_first_times') }}

),

counted as (

    select * from {{ ref('int_ticket_business_seconds') }}

),

-- A ticket deleted at its creation has no spells: it spent no time anywhere.
known as (

    select
        states.ticket_key,
        coalesce(lifecycles.is_solved, false) as is_solved,
        case when not states.is_time_unknown then coalesce(counted.new_business_seconds, 0) end as new,
        case when not states.is_time_unknown then coalesce(counted.open_business_seconds, 0) end as open,
        case when not states.is_time_unknown then coalesce(counted.pending_business_seconds, 0) end as pending,
        case when not states.is_time_unknown then coalesce(counted.hold_business_seconds, 0) end as hold,
        case when not states.is_time_unknown then coalesce(counted.solved_gap_business_seconds, 0) end as solved_gap,
        case when not states.is_time_unknown then coalesce(counted.deleted_gap_business_seconds, 0) end as deleted_gap,
        case when not states.is_time_unknown then coalesce(counted.new_business_seconds_at_event, 0) end as new_at_event,
        case when not states.is_time_unknown then coalesce(counted.open_business_seconds_at_event, 0) end as open_at_event,
        case when not states.is_time_unknown then coalesce(counted.pending_business_seconds_at_event, 0) end as pending_at_event,
        case when not states.is_time_unknown then coalesce(counted.hold_business_seconds_at_event, 0) end as hold_at_event,
        case when not states.is_time_unknown then coalesce(counted.solved_gap_business_seconds_at_event, 0) end as solved_gap_at_event,
        case when not states.is_time_unknown then coalesce(counted.deleted_gap_business_seconds_at_event, 0) end as deleted_gap_at_event,
        case when not states.is_time_unknown then coalesce(counted.new_business_seconds_at_creation, 0) end as new_at_creation,
        case when not states.is_time_unknown then coalesce(counted.open_business_seconds_at_creation, 0) end as open_at_creation,
        case when not states.is_time_unknown then coalesce(counted.pending_business_seconds_at_creation, 0) end as pending_at_creation,
        case when not states.is_time_unknown then coalesce(counted.hold_business_seconds_at_creation, 0) end as hold_at_creation,
        case when not states.is_time_unknown then coalesce(counted.solved_gap_business_seconds_at_creation, 0) end
            as solved_gap_at_creation,
        case when not states.is_time_unknown then coalesce(counted.deleted_gap_business_seconds_at_creation, 0) end
            as deleted_gap_at_creation
    from states
    left join lifecycles on states.ticket_key = lifecycles.ticket_key
    left join counted on states.ticket_key = counted.ticket_key

),

resolved as (

    select
        *,
        case
            when is_solved
                then new + open + pending + hold + solved_gap + deleted_gap
        end as full_resolution,
        case
            when is_solved
                then new_at_event + open_at_event + pending_at_event + hold_at_event + solved_gap_at_event + deleted_gap_at_event
        end as full_resolution_at_event,
        case
            when is_solved
                then new_at_creation
                    + open_at_creation
                    + pending_at_creation
                    + hold_at_creation
                    + solved_gap_at_creation
                    + deleted_gap_at_creation
        end as full_resolution_at_creation
    from known

),

final as (

    select
        resolved.ticket_key,
        first_times.first_response_business_seconds,
        first_times.first_resolution_business_seconds,
        cast(resolved.full_resolution as bigint) as full_resolution_business_seconds,
        cast(resolved.new as bigint) as new_business_seconds,
        cast(resolved.open as bigint) as open_business_seconds,
        cast(resolved.pending as bigint) as pending_business_seconds,
        cast(resolved.hold as bigint) as hold_business_seconds,
        cast(resolved.solved_gap as bigint) as solved_gap_business_seconds,
        cast(resolved.deleted_gap as bigint) as deleted_gap_business_seconds,
        cast(resolved.full_resolution - resolved.pending as bigint) as resolution_ex_pending_business_seconds,
        cast(resolved.full_resolution - resolved.hold as bigint) as resolution_ex_hold_business_seconds,
        cast(resolved.full_resolution - resolved.pending - resolved.hold as bigint) as resolution_ex_pending_and_hold_business_seconds,
        cast(resolved.new + resolved.open + resolved.hold as bigint) as requester_wait_business_seconds,
        cast(resolved.pending as bigint) as agent_wait_business_seconds,
        cast(resolved.new + resolved.open as bigint) as agent_work_business_seconds,
        first_times.first_response_business_seconds_at_event,
        first_times.first_resolution_business_seconds_at_event,
        cast(resolved.full_resolution_at_event as bigint) as full_resolution_business_seconds_at_event,
        cast(resolved.new_at_event as bigint) as new_business_seconds_at_event,
        cast(resolved.open_at_event as bigint) as open_business_seconds_at_event,
        cast(resolved.pending_at_event as bigint) as pending_business_seconds_at_event,
        cast(resolved.hold_at_event as bigint) as hold_business_seconds_at_event,
        cast(resolved.solved_gap_at_event as bigint) as solved_gap_business_seconds_at_event,
        cast(resolved.deleted_gap_at_event as bigint) as deleted_gap_business_seconds_at_event,
        cast(resolved.full_resolution_at_event - resolved.pending_at_event as bigint) as resolution_ex_pending_business_seconds_at_event,
        cast(resolved.full_resolution_at_event - resolved.hold_at_event as bigint) as resolution_ex_hold_business_seconds_at_event,
        cast(resolved.full_resolution_at_event - resolved.pending_at_event - resolved.hold_at_event as bigint)
            as resolution_ex_pending_and_hold_business_seconds_at_event,
        cast(resolved.new_at_event + resolved.open_at_event + resolved.hold_at_event as bigint)
            as requester_wait_business_seconds_at_event,
        cast(resolved.pending_at_event as bigint) as agent_wait_business_seconds_at_event,
        cast(resolved.new_at_event + resolved.open_at_event as bigint) as agent_work_business_seconds_at_event,
        first_times.first_response_business_seconds_at_creation,
        first_times.first_resolution_business_seconds_at_creation,
        cast(resolved.full_resolution_at_creation as bigint) as full_resolution_business_seconds_at_creation,
        cast(resolved.new_at_creation as bigint) as new_business_seconds_at_creation,
        cast(resolved.open_at_creation as bigint) as open_business_seconds_at_creation,
        cast(resolved.pending_at_creation as bigint) as pending_business_seconds_at_creation,
        cast(resolved.hold_at_creation as bigint) as hold_business_seconds_at_creation,
        cast(resolved.solved_gap_at_creation as bigint) as solved_gap_business_seconds_at_creation,
        cast(resolved.deleted_gap_at_creation as bigint) as deleted_gap_business_seconds_at_creation,
        cast(resolved.full_resolution_at_creation - resolved.pending_at_creation as bigint)
            as resolution_ex_pending_business_seconds_at_creation,
        cast(resolved.full_resolution_at_creation - resolved.hold_at_creation as bigint)
            as resolution_ex_hold_business_seconds_at_creation,
        cast(resolved.full_resolution_at_creation - resolved.pending_at_creation - resolved.hold_at_creation as bigint)
            as resolution_ex_pending_and_hold_business_seconds_at_creation,
        cast(resolved.new_at_creation + resolved.open_at_creation + resolved.hold_at_creation as bigint)
            as requester_wait_business_seconds_at_creation,
        cast(resolved.pending_at_creation as bigint) as agent_wait_business_seconds_at_creation,
        cast(resolved.new_at_creation + resolved.open_at_creation as bigint) as agent_work_business_seconds_at_creation
    from resolved
    left join first_times on resolved.ticket_key = first_times.ticket_key

)

select * from final
