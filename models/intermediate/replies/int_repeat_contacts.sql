-- Grain: one solved ticket: when the same customer next came with the same type of question.
with

tickets as (

    select
        tickets.ticket_key,
        tickets.requester_key,
        tickets.ticket_type,
        tickets.created_at,
        lifecycles.solved_at
    from {{ ref('int_tickets') }} as tickets
    inner join {{ ref('int_ticket_current_states') }} as states on tickets.ticket_key = states.ticket_key
    left join {{ ref('int_ticket_lifecycles') }} as lifecycles on tickets.ticket_key = lifecycles.ticket_key
    where tickets.requester_id is not null
        and not tickets.is_spam
        and not tickets.is_test
        and not states.is_deleted
        and states.merged_into_id is null
        and tickets.origin <> 'proactive_outbound'

),

-- Contacts and solves of one customer in one line of time, so that no two tickets need to be compared.
line as (

    select ticket_key, requester_key, ticket_type, created_at as happened_at, created_at as contacted_at, 0 as step
    from tickets
    union all
    select ticket_key, requester_key, ticket_type, solved_at as happened_at, cast(null as timestamp) as contacted_at, 1 as step
    from tickets
    where solved_at is not null

),

looked_ahead as (

    select
        *,
        min(contacted_at) over (
            partition by requester_key, ticket_type
            order by happened_at, step, ticket_key
            rows between 1 following and unbounded following
        ) as next_contact_at
    from line

),

final as (

    select ticket_key, next_contact_at
    from looked_ahead
    where step = 1

)

select * from final
