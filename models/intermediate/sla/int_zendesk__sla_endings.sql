-- Grain: one instance of a metric of a Zendesk ticket, with how its events end.
with

events as (

    select
        *,
        max(case when event_type = 'activate' then event_number end) over (
            partition by ticket_key, metric, instance_number
        ) as last_activation
    from {{ ref('int_zendesk__sla_events') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

-- Merged or deleted, and not restored since.
gone as (

    select
        states.ticket_key,
        case when states.merged_into_id is not null then states.closed_at else max(spells.ended_at) end as gone_at
    from {{ ref('int_ticket_current_states') }} as states
    inner join spells on states.ticket_key = spells.ticket_key
    where states.is_deleted or states.merged_into_id is not null
    group by states.ticket_key, states.merged_into_id, states.closed_at

),

-- A fulfilment that an activation follows is none.
outcomes as (

    select
        ticket_key,
        metric,
        instance_number,
        min(case when event_type = 'fulfill' and event_number > coalesce(last_activation, 0) then occurred_at end) as fulfilled_at,
        max(case when event_type = 'breach' and is_deleted then 1 else 0 end) = 1 as is_breach_retracted
    from events
    group by ticket_key, metric, instance_number

),

-- Zendesk fulfils what a merge closes; here a merge is no solve (E2).
final as (

    select
        outcomes.ticket_key,
        outcomes.metric,
        outcomes.instance_number,
        case when gone.gone_at is null or outcomes.fulfilled_at < gone.gone_at then outcomes.fulfilled_at end as fulfilled_at,
        gone.gone_at,
        outcomes.is_breach_retracted
    from outcomes
    left join gone on outcomes.ticket_key = gone.ticket_key

)

select * from final
