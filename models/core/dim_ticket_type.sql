-- Grain: one ticket type ever seen.
with

tickets as (

    select * from {{ ref('int_tickets') }}

),

final as (

    select
        ticket_type,
        min(created_at) as first_seen_at,
        max(created_at) as last_seen_at
    from tickets
    group by ticket_type

)

select * from final
