-- Grain: one figure that a helpdesk counts itself on one ticket, by one clock.
with

vendor_times as (

    select * from {{ ref('int_vendor_times_replayed') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

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
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'first_reply' then tickets.first_response_seconds
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'first_resolution' then tickets.first_resolution_seconds
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'full_resolution' then tickets.full_resolution_seconds
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'agent_wait' then tickets.agent_wait_seconds
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'requester_wait' then tickets.requester_wait_seconds
            when vendor_times.clock = 'calendar' and vendor_times.figure = 'on_hold' then tickets.hold_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'first_reply' then tickets.first_response_business_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'first_resolution' then tickets.first_resolution_business_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'full_resolution' then tickets.full_resolution_business_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'agent_wait' then tickets.agent_wait_business_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'requester_wait' then tickets.requester_wait_business_seconds
            when vendor_times.clock = 'business' and vendor_times.figure = 'on_hold' then tickets.hold_business_seconds
        end as warehouse_seconds,
        case vendor_times.figure
            when 'reopens' then tickets.reopen_count
            when 'replies' then tickets.agent_reply_count
            when 'assignee_stations' then tickets.assignee_change_count + case when tickets.agent_count > 0 then 1 else 0 end
            when 'group_stations' then tickets.team_change_count + case when tickets.team_key is not null then 1 else 0 end
        end as warehouse_count,
        vendor_times.replayed_minutes,
        vendor_times.replayed_minutes_cumulative,
        vendor_times.replayed_minutes_at_creation,
        vendor_times.solved_gap_minutes,
        vendor_times.told_reply_minutes,
        vendor_times.told_reply_not_counting_reason,
        vendor_times.replayed_count,
        vendor_times.session_reply_count,
        vendor_times.hidden_reply_count
    from vendor_times
    inner join tickets on vendor_times.ticket_key = tickets.ticket_key

)

select * from final
