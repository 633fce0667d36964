-- Grain: one ticket of which the helpdesk tells figures of its own.
with

times as (

    select * from {{ ref('int_vendor_times') }}

),

tickets as (

    select ticket_key, created_at from {{ ref('int_tickets') }}

),

final as (

    select
        times.ticket_key,
        tickets.created_at,
        max(times.vendor_changed_at) as vendor_changed_at,
        max(times.vendor_status_changed_at) as vendor_status_changed_at,
        max(case when times.figure = 'first_reply' and times.clock = 'calendar' then times.vendor_minutes end) as reply_minutes
    from times
    inner join tickets on times.ticket_key = tickets.ticket_key
    group by times.ticket_key, tickets.created_at

)

select * from final
