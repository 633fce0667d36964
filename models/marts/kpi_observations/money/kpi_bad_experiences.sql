-- Grain: one customer × day on which support failed them: a service level was breached, or they said so in a survey.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and requester_key is not null

),

instances as (

    select * from {{ ref('fct_sla_instances') }} where breached_at is not null

),

-- Told on the day of the answer: who is gone before it never gives one.
ratings as (

    select * from {{ ref('kpi_surveys') }} where kind = 'csat' and not is_satisfied

),

final as (

    select tickets.requester_key as customer_key, instances.settled_on as experienced_on
    from instances
    inner join tickets on instances.ticket_key = tickets.ticket_key
    union
    select answering_key as customer_key, responded_on as experienced_on from ratings

)

select * from final
