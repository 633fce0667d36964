-- Grain: one ticket, with since when it is past its targets: those of its policies, else the configured default T.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, created_at, origin, has_messages from {{ ref('int_tickets') }}

),

replies as (

    select ticket_key, first_replied_at from {{ ref('int_ticket_message_counts') }}

),

-- Each target is the one in force when it was set (E18), by the clock its policy names.
policies as (

    select
        instances.ticket_key,
        max(case when instances.metric = 'first_reply' then 1 else 0 end) = 1 as has_reply_target,
        max(case when instances.metric <> 'first_reply' then 1 else 0 end) = 1 as has_resolution_target,
        min(case when instances.metric = 'first_reply' then verdicts.breached_at end) as reply_breached_at,
        min(case when instances.metric <> 'first_reply' then verdicts.breached_at end) as resolution_breached_at
    from {{ ref('int_sla_instances') }} as instances
    inner join {{ ref('int_sla_verdicts') }} as verdicts on instances.sla_instance_key = verdicts.sla_instance_key
    where instances.metric in ('first_reply', 'agent_work', 'requester_wait', 'total_resolution')
    group by instances.ticket_key

),

-- At T is in time; the second after is not.
final as (

    select
        tickets.ticket_key,
        replies.first_replied_at,
        case
            when not tickets.has_messages or tickets.origin = 'proactive_outbound' then cast(null as timestamp)
            when policies.has_reply_target then policies.reply_breached_at
            else {{ seconds_after(whole_second('tickets.created_at'), 'run.default_response_hours * 3600 + 1') }}
        end as reply_overdue_at,
        case
            when policies.has_resolution_target then policies.resolution_breached_at
            else {{ seconds_after(whole_second('tickets.created_at'), 'run.default_resolution_hours * 3600 + 1') }}
        end as resolution_overdue_at
    from tickets
    cross join run
    left join replies on tickets.ticket_key = replies.ticket_key
    left join policies on tickets.ticket_key = policies.ticket_key

)

select * from final
