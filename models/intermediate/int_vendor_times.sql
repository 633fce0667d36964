-- Grain: one figure that a helpdesk counts itself on one ticket, by one clock.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unioned as (

    select * from {{ ref('int_zendesk__vendor_times') }}

),

tickets as (

    select ticket_key, created_at from {{ ref('int_tickets') }}

),

-- A row that was written after as_of tells of what had not happened yet.
final as (

    select unioned.*
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key
    cross join run
    where unioned.vendor_changed_at <= run.as_of

)

select * from final
