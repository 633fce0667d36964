-- Grain: one figure that a helpdesk and the warehouse count on one ticket, by one clock.
with

vendor_times as (

    select * from {{ ref('fct_vendor_times') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

status_changes as (

    select
        ticket_key,
        max(
            greatest(
                case when previous_status is null or previous_status <> status or is_undeletion then started_at end,
                case when is_ended_by_deletion then ended_at end
            )
        ) as last_changed_at
    from {{ ref('fct_ticket_spells') }}
    group by ticket_key

),

joined as (

    select
        vendor_times.*,
        cast(floor((vendor_times.warehouse_seconds + 30) / 60) as bigint) as warehouse_minutes,
        vendor_times.figure in ('agent_wait', 'requester_wait', 'on_hold') as is_wait,
        tickets.merged_into_id is not null as is_merged,
        tickets.is_history_incomplete,
        tickets.is_deleted,
        tickets.schedule_origin,
        tickets.solved_at is null and not tickets.is_deleted and tickets.merged_into_id is null as is_running,
        coalesce(status_changes.last_changed_at > vendor_times.vendor_status_changed_at, false) as has_newer_status
    from vendor_times
    inner join tickets on vendor_times.ticket_key = tickets.ticket_key
    left join status_changes on vendor_times.ticket_key = status_changes.ticket_key

),

compared as (

    select
        *,
        vendor_minutes - warehouse_minutes as difference_minutes,
        vendor_count - warehouse_count as difference_count,
        coalesce(abs(vendor_minutes - warehouse_minutes) <= 1, vendor_count = warehouse_count, false) as is_equal,
        coalesce(abs(vendor_minutes - replayed_minutes) <= 1, vendor_count = replayed_count, false) as is_as_replayed,
        coalesce(abs(vendor_minutes - replayed_minutes_cumulative) <= 1, false) as is_cumulative,
        coalesce(abs(vendor_minutes - replayed_minutes_at_creation) <= 1, false) as is_at_creation,
        coalesce(abs(vendor_minutes - told_reply_minutes) <= 1, false) as is_as_told_reply,
        coalesce(abs(vendor_minutes - replayed_minutes - solved_gap_minutes) <= 1, false) as is_with_solved_gap
    from joined
    where coalesce(vendor_minutes, vendor_count, warehouse_seconds, warehouse_count) is not null

),

-- A reason holds only where taking it into account makes the difference go away.
reasoned as (

    select
        *,
        case
            when is_equal then null
            when is_wait and vendor_minutes is null and coalesce(replayed_minutes, 0) = 0 then 'vendor_not_told_yet'
            when clock <> 'none' and vendor_minutes is null and replayed_minutes is null then 'older_than_history'
            when is_as_replayed and is_merged and figure in ('first_resolution', 'full_resolution') then 'merged'
            when is_as_replayed and figure in ('assignee_stations', 'group_stations') and vendor_count > warehouse_count
                then 'taken_up_again'
            when is_as_replayed and clock = 'none' then 'older_than_history'
            when is_as_replayed and clock = 'business' and not is_wait and not is_cumulative then 'schedule_mode'
            when is_as_replayed and has_newer_status then case when is_deleted then 'deleted' else 'older_than_history' end
            when is_as_replayed and is_wait then case when is_running then 'running' else 'cut_minutes' end
            when is_at_creation then 'schedule_mode'
            when is_as_told_reply and told_reply_not_counting_reason = 'made_private' then 'made_private'
            when is_as_told_reply and told_reply_not_counting_reason = 'description' then 'agent_created_ticket'
            when is_as_told_reply then 'not_counting_reply'
            when is_with_solved_gap then 'solved_gap'
            when vendor_count = replayed_count + session_reply_count then 'same_session'
            when vendor_count - replayed_count between 1 and hidden_reply_count then 'made_private'
            when vendor_count - replayed_count - session_reply_count between 1 and hidden_reply_count then 'made_private'
            when is_history_incomplete then 'history_incomplete'
        end as reason
    from compared

),

-- Without opening hours our business time is calendar time: then that is told by both, and theirs is the shorter one.
judged as (

    select
        *,
        case
            when is_equal then null
            when reason is not null then reason
            when clock = 'business' and schedule_origin = 'always_open' and vendor_minutes <= agreed_calendar_minutes
                then 'no_opening_hours'
        end as reason_code
    from (
        select
            *,
            max(case when clock = 'calendar' and (is_equal or reason is not null) then vendor_minutes end)
                over (partition by ticket_key, figure) as agreed_calendar_minutes
        from reasoned
    )

),

final as (

    select
        ticket_key,
        source_system,
        source_account,
        figure,
        clock,
        vendor_minutes,
        warehouse_seconds,
        warehouse_minutes,
        difference_minutes,
        vendor_count,
        warehouse_count,
        difference_count,
        case when is_equal then 'equal' when reason_code is not null then 'explained' else 'unexplained' end as verdict,
        reason_code,
        vendor_changed_at
    from judged

)

select * from final
