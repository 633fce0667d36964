-- Grain: one figure that a helpdesk counts itself on one ticket, by one clock, beside what our events give by its rules.
with

vendor_times as (

    select * from {{ ref('int_vendor_times') }}

),

replays as (

    select * from {{ ref('int_vendor_time_replays') }}

),

solved_gaps as (

    select * from replays where figure = 'solved_gap'

),

told_replies as (

    select * from replays where figure = 'told_reply'

),

counts as (

    select * from {{ ref('int_vendor_count_replays') }}

),

session_replies as (

    select * from counts where figure = 'session_replies'

),

hidden_replies as (

    select * from counts where figure = 'hidden_replies'

),

-- Time on hold is told from the start; the other waits when the first of them has ended.
no_holds as (

    select 'on_hold' as figure, 0 as minutes

),

final as (

    select
        vendor_times.ticket_key,
        vendor_times.source_system,
        vendor_times.source_account,
        vendor_times.figure,
        vendor_times.clock,
        vendor_times.vendor_minutes,
        vendor_times.vendor_count,
        vendor_times.vendor_changed_at,
        vendor_times.vendor_status_changed_at,
        case
            when vendor_times.clock = 'calendar' then coalesce(replays.calendar_minutes, no_holds.minutes)
            when vendor_times.clock = 'business' then coalesce(replays.business_minutes, no_holds.minutes)
        end as replayed_minutes,
        case when vendor_times.clock = 'business' then replays.cumulative_business_minutes end as replayed_minutes_cumulative,
        case when vendor_times.clock = 'business' then replays.business_minutes_at_creation end as replayed_minutes_at_creation,
        case
            when vendor_times.figure = 'first_reply' then null
            when vendor_times.clock = 'calendar' then solved_gaps.calendar_minutes
            when vendor_times.clock = 'business' then solved_gaps.business_minutes
        end as solved_gap_minutes,
        case
            when vendor_times.figure <> 'first_reply' then null
            when vendor_times.clock = 'calendar' then told_replies.calendar_minutes
            when vendor_times.clock = 'business' then told_replies.business_minutes
        end as told_reply_minutes,
        case when vendor_times.figure = 'first_reply' then told_replies.not_counting_reason end as told_reply_not_counting_reason,
        case when vendor_times.clock = 'none' then coalesce(counts.replayed_count, 0) end as replayed_count,
        case when vendor_times.figure = 'replies' then coalesce(session_replies.replayed_count, 0) end as session_reply_count,
        case when vendor_times.figure = 'replies' then coalesce(hidden_replies.replayed_count, 0) end as hidden_reply_count
    from vendor_times
    left join replays on vendor_times.ticket_key = replays.ticket_key and vendor_times.figure = replays.figure
    left join solved_gaps on vendor_times.ticket_key = solved_gaps.ticket_key
    left join told_replies on vendor_times.ticket_key = told_replies.ticket_key
    left join no_holds on vendor_times.figure = no_holds.figure
    left join session_replies on vendor_times.ticket_key = session_replies.ticket_key
    left join hidden_replies on vendor_times.ticket_key = hidden_replies.ticket_key
    left join counts on vendor_times.ticket_key = counts.ticket_key and vendor_times.figure = counts.figure

)

select * from final
