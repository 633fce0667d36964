-- Grain: one event of a metric of a Zendesk ticket that an SLA target can be for.
with

events as (

    select * from {{ ref('stg_zendesk__ticket_metric_events') }}

),

tickets as (

    select ticket_key, source_system, source_account, ticket_id from {{ ref('int_tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Zendesk counts all replies of a ticket as one metric: its first instance is the first reply.
named as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        case
            when events.metric = 'reply_time' and coalesce(events.instance_id, 1) <= 1 then 'first_reply'
            when events.metric = 'reply_time' then 'next_reply'
            when events.metric = 'resolution_time' then 'total_resolution'
            else replace(events.metric, '_time', '')
        end as metric,
        case
            when events.metric = 'reply_time' and events.instance_id > 1 then events.instance_id - 1 else coalesce(events.instance_id, 1)
        end
            as instance_number,
        events.event_type,
        events.occurred_at,
        lpad(events.metric_event_id, 20, '0') as event_id,
        events.policy_id,
        events.policy_title,
        events.target_seconds,
        case when events.is_business_hours then 'business' else 'calendar' end as clock,
        events.is_deleted
    from events
    inner join tickets
        on events.source_system = tickets.source_system
            and events.source_account = tickets.source_account
            and events.ticket_id = tickets.ticket_id
    cross join run
    where events.occurred_at <= run.as_of

),

final as (

    select
        *,
        row_number() over (partition by ticket_key, metric, instance_number order by occurred_at, event_id) as event_number
    from named
    where metric in (
            'first_reply', 'next_reply', 'periodic_update', 'pausable_update', 'agent_work', 'requester_wait', 'total_resolution'
        )

)

select * from final
