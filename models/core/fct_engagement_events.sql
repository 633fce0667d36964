-- Grain: one thing a customer did outside tickets.
with

events as (

    select * from {{ ref('stg_generic__engagement_events') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        {{ surrogate_key(['events.source_system', 'events.source_account', 'events.event_id']) }} as engagement_event_key,
        {{ pseudonym(['events.source_system', 'events.source_account', 'events.customer_id']) }} as customer_key,
        events.source_system,
        events.source_account,
        events.occurred_at,
        {{ reporting_day('events.occurred_at', 'run.reporting_time_zone') }} as occurred_on,
        events.kind
    from events
    cross join run
    where events.occurred_at <= run.as_of

)

select * from final
