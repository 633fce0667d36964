-- Grain: one ticket type ever seen.
with

tickets as (

    select * from {{ ref('int_tickets') }}

),

final as (

    select
        coalesce(ticket_type, 'unknown') as ticket_type,
        min(created_at) as first_seen_at,
        max(created_at) as last_seen_at
    from tickets
    group by coalesce(ticket_type, 'unknown')

)

select * from final
