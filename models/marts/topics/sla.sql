-- Grain: one SLA instance: one target set on one span of a ticket's life.
with

instances as (

    select * from {{ ref('fct_sla_instances') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

final as (

    select
        instances.sla_instance_key,
        instances.ticket_key,
        tickets.ticket_id,
        instances.source_system,
        instances.source_account,
        tickets.is_countable,
        instances.metric,
        instances.policy_id,
        instances.policy_name,
        instances.clock,
        instances.basis,
        instances.state,
        case instances.state when 'met' then true when 'breached' then false end as is_met,
        tickets.priority,
        instances.priority as priority_when_set,
        tickets.ticket_type,
        tickets.channel,
        tickets.requester_key as customer_key,
        instances.team,
        instances.agent_key,
        agents.agent_name,
        tickets.created_on,
        instances.applied_at,
        instances.due_at,
        instances.fulfilled_at,
        instances.breached_at,
        instances.settled_on,
        days.month_start as settled_month,
        instances.target_seconds,
        {{ hours('instances.target_seconds') }} as target_hours,
        instances.used_seconds,
        {{ hours('instances.used_seconds') }} as used_hours,
        cast(instances.used_seconds as double) / nullif(instances.target_seconds, 0) as used_share,
        case
            when instances.state = 'breached'
                then {{ hours('greatest(instances.used_seconds - instances.target_seconds, 0)') }}
        end as overrun_hours
    from instances
    inner join tickets on instances.ticket_key = tickets.ticket_key
    left join {{ ref('dim_date') }} as days on instances.settled_on = days.date_day
    left join {{ ref('dim_agent') }} as agents on instances.agent_key = agents.agent_key

)

select * from final
