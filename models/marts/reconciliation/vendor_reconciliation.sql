-- Grain: one account × figure that both the helpdesk and the warehouse tell.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

accounts as (

    select
        source_system,
        source_account,
        percentile_cont(0.5) within group (order by vendor_full_resolution_seconds) as vendor_median_resolution,
        count(vendor_full_resolution_seconds) as vendor_resolution_count,
        percentile_cont(0.5) within group (order by vendor_last_resolved_event_seconds) as last_event_median_resolution,
        count(vendor_last_resolved_event_seconds) as last_event_resolution_count,
        percentile_cont(0.5) within group (order by full_resolution_seconds) as median_resolution,
        count(full_resolution_seconds) as resolution_count,
        sum(vendor_reopen_count) as vendor_reopens,
        count(vendor_reopen_count) as vendor_reopen_tickets,
        sum(reopen_count) as reopens,
        count(reopen_count) as reopen_tickets,
        sum(vendor_reassignment_count) as vendor_reassignments,
        count(vendor_reassignment_count) as vendor_reassignment_tickets,
        sum(team_change_count) as team_changes,
        count(*) as ticket_count
    from tickets
    group by source_system, source_account

),

final as (

    select
        source_system,
        source_account,
        'median_resolution_seconds' as figure,
        'resolved_at of the ticket''s last row' as vendor_basis,
        cast(vendor_median_resolution as double) as vendor_value,
        vendor_resolution_count as vendor_n,
        cast(median_resolution as double) as warehouse_value,
        resolution_count as warehouse_n,
        'The warehouse takes the last move into solved or closed; the helpdesk writes a time of its own, not for every ticket.'
            as explanation
    from accounts
    where vendor_resolution_count > 0
    union all
    select
        source_system,
        source_account,
        'median_seconds_to_last_resolved_event' as figure,
        'last logged update in state Resolved' as vendor_basis,
        cast(last_event_median_resolution as double) as vendor_value,
        last_event_resolution_count as vendor_n,
        cast(median_resolution as double) as warehouse_value,
        resolution_count as warehouse_n,
        'Updates made while a ticket lies resolved move this event, not the solve; tickets closed unresolved have a solve only.'
            as explanation
    from accounts
    where last_event_resolution_count > 0
    union all
    select
        source_system,
        source_account,
        'reopens' as figure,
        'reopen count of the ticket''s last row' as vendor_basis,
        cast(vendor_reopens as double) as vendor_value,
        vendor_reopen_tickets as vendor_n,
        cast(reopens as double) as warehouse_value,
        reopen_tickets as warehouse_n,
        'The warehouse counts moves out of solved or closed into an unsolved status.' as explanation
    from accounts
    where vendor_reopen_tickets > 0
    union all
    select
        source_system,
        source_account,
        'hand_offs' as figure,
        'reassignment count of the ticket''s last row' as vendor_basis,
        cast(vendor_reassignments as double) as vendor_value,
        vendor_reassignment_tickets as vendor_n,
        cast(team_changes as double) as warehouse_value,
        ticket_count as warehouse_n,
        'The warehouse counts logged changes of team from the second team on; the helpdesk also counts hand-offs it did not log.'
            as explanation
    from accounts
    where vendor_reassignment_tickets > 0

)

select * from final
