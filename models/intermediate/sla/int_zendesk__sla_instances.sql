-- Grain: one target set on one instance of a metric of a Zendesk ticket, with what became of it by Zendesk's own events.
with

targets as (

    select * from {{ ref('int_zendesk__sla_targets') }}

),

endings as (

    select * from {{ ref('int_zendesk__sla_endings') }}

),

breaches as (

    select * from {{ ref('int_zendesk__sla_events') }} where event_type = 'breach' and not is_deleted

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

cancellable as (

    select
        targets.*,
        endings.fulfilled_at,
        endings.is_breach_retracted,
        coalesce(targets.superseded_at, endings.gone_at) as cancelled_at
    from targets
    inner join endings
        on targets.ticket_key = endings.ticket_key
            and targets.metric = endings.metric
            and targets.instance_number = endings.instance_number

),

-- What is set on a metric that is fulfilled already times nothing.
ended as (

    select
        *,
        case when cancelled_at < fulfilled_at then cancelled_at else coalesce(fulfilled_at, cancelled_at) end as ended_at,
        case
            when fulfilled_at is not null and (cancelled_at is null or cancelled_at >= fulfilled_at) then 'fulfilled'
            when cancelled_at is not null then 'cancelled'
        end as ending
    from cancellable
    where fulfilled_at is null or applied_at <= fulfilled_at

),

-- A breach is of the target set at that time; the first one also has those told for a time before it was set.
breached as (

    select
        ended.ticket_key,
        ended.metric,
        ended.instance_number,
        ended.event_number,
        min(greatest(breaches.occurred_at, ended.applied_at)) as breached_at
    from ended
    inner join breaches
        on ended.ticket_key = breaches.ticket_key
            and ended.metric = breaches.metric
            and ended.instance_number = breaches.instance_number
            and (ended.is_first or ended.applied_at <= breaches.occurred_at)
            and (ended.superseded_at is null or ended.superseded_at > breaches.occurred_at)
            and (ended.ended_at is null or ended.ended_at >= breaches.occurred_at)
    group by ended.ticket_key, ended.metric, ended.instance_number, ended.event_number

),

final as (

    select
        ended.ticket_key,
        ended.source_system,
        ended.source_account,
        ended.metric,
        ended.instance_number,
        ended.policy_id,
        ended.policy_name,
        ended.target_seconds,
        ended.clock,
        spells.priority,
        ended.applied_at,
        ended.ended_at,
        ended.ending,
        breached.breached_at,
        ended.is_breach_retracted
    from ended
    left join breached
        on ended.ticket_key = breached.ticket_key
            and ended.metric = breached.metric
            and ended.instance_number = breached.instance_number
            and ended.event_number = breached.event_number
    left join spells
        on ended.ticket_key = spells.ticket_key
            and ended.applied_at >= spells.started_at
            and (spells.ended_at is null or ended.applied_at < spells.ended_at)

)

select * from final
