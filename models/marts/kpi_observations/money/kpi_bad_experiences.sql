-- Grain: one customer × day on which support failed them: a service level was breached, or a ticket ended badly rated.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and requester_key is not null

),

instances as (

    select * from {{ ref('fct_sla_instances') }} where breached_at is not null

),

final as (

    select tickets.requester_key as customer_key, instances.settled_on as experienced_on
    from instances
    inner join tickets on instances.ticket_key = tickets.ticket_key
    union
    select requester_key as customer_key, coalesce(solved_on, created_on) as experienced_on
    from tickets
    where csat_score < 0.5

)

select * from final
