-- Grain: one solved ticket, with who made its last solve.
with

tickets as (

    select
        tickets.ticket_key,
        tickets.created_at,
        tickets.requester_id,
        tickets.origin,
        lifecycles.solved_at
    from {{ ref('int_tickets') }} as tickets
    inner join {{ ref('int_ticket_lifecycles') }} as lifecycles on tickets.ticket_key = lifecycles.ticket_key
    where lifecycles.solved_at is not null

),

-- Of several at that instant the last one stands, as it does for the status.
solves as (

    select
        tickets.ticket_key,
        changes.actor_id,
        changes.actor_type,
        row_number() over (
            partition by tickets.ticket_key
            order by changes.occurred_at desc, changes.event_id desc nulls last, changes.event_line desc nulls last
        ) as recency
    from tickets
    inner join {{ ref('int_ticket_changes') }} as changes
        on tickets.ticket_key = changes.ticket_key
            and tickets.solved_at = greatest(changes.occurred_at, tickets.created_at)
    where changes.field = 'status' and changes.new_value in ('solved', 'closed')

),

-- Created as solved: whoever logged it had solved it.
final as (

    select
        tickets.ticket_key,
        case
            when solves.actor_id = tickets.requester_id then 'customer'
            when solves.ticket_key is not null then lower(solves.actor_type)
            when tickets.solved_at > tickets.created_at then cast(null as {{ dbt.type_string() }})
            when tickets.origin in ('agent_on_behalf', 'proactive_outbound', 'phone_log') then 'agent'
            when tickets.origin = 'system' then 'system'
        end as solved_by
    from tickets
    left join solves on tickets.ticket_key = solves.ticket_key and solves.recency = 1

)

select * from final
