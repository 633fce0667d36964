-- Grain: one stretch of time in which the clock of an SLA instance runs, under one schedule.
with

instances as (

    select * from {{ ref('int_sla_instances') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }} where not is_merge

),

schedules as (

    select * from {{ ref('int_ticket_schedules') }}

),

events as (

    select
        *,
        lead(occurred_at) over (partition by ticket_key, metric, instance_number order by event_number) as next_occurred_at
    from {{ ref('int_zendesk__sla_events') }}
    where event_type in ('activate', 'pause', 'fulfill')

),

-- Derived ones run from the start to the end, or while the ticket is in a status that counts; told ones when activated.
running as (

    select sla_instance_key, ticket_key, applied_at, ended_at, applied_at as from_at, ended_at as to_at
    from instances
    where basis = 'derived' and metric in ('first_reply', 'next_reply', 'periodic_update', 'total_resolution')
    union all
    select
        instances.sla_instance_key,
        instances.ticket_key,
        instances.applied_at,
        instances.ended_at,
        greatest(spells.started_at, instances.applied_at) as from_at,
        spells.ended_at as to_at
    from instances
    inner join spells
        on instances.ticket_key = spells.ticket_key
            and (spells.ended_at is null or instances.applied_at < spells.ended_at)
    where instances.basis = 'derived'
        and (
            (instances.metric = 'pausable_update' and spells.status in ('new', 'open', 'hold'))
            or (instances.metric = 'requester_wait' and spells.status in ('new', 'open', 'hold'))
            or (instances.metric = 'agent_work' and spells.status in ('new', 'open'))
        )
    union all
    select
        instances.sla_instance_key,
        instances.ticket_key,
        instances.applied_at,
        instances.ended_at,
        events.occurred_at as from_at,
        events.next_occurred_at as to_at
    from instances
    inner join events
        on instances.ticket_key = events.ticket_key
            and instances.metric = events.metric
            and instances.instance_number = events.instance_number
    where instances.basis = 'metric_events' and events.event_type = 'activate'

),

-- Nothing runs on after the end.
ended as (

    select
        sla_instance_key,
        ticket_key,
        from_at,
        case when to_at is null or to_at > ended_at then ended_at else to_at end as to_at
    from running
    where ended_at is null or from_at < ended_at or from_at = applied_at

),

-- Cut where the ticket's schedule changes, as few tickets' do.
final as (

    select
        ended.sla_instance_key,
        schedules.schedule_key,
        case when schedules.started_at > ended.from_at and not schedules.is_first then schedules.started_at else ended.from_at end
            as from_at,
        case when ended.to_at is null or schedules.ended_at < ended.to_at then schedules.ended_at else ended.to_at end as to_at
    from ended
    inner join schedules
        on ended.ticket_key = schedules.ticket_key
            and (schedules.ended_at is null or ended.from_at < schedules.ended_at)
            and (schedules.is_first or ended.to_at is null or ended.from_at >= schedules.started_at or ended.to_at > schedules.started_at)

)

select * from final
