-- Grain: one ticket of the open format, with whether anything new is known of it since the last build.
with

tickets as (

    select * from {{ ref('stg_generic__tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

events as (

    select * from {{ ref('stg_generic__ticket_events') }}

),

-- What happened after the last build's as_of did not exist then, even if it had landed. An event that is told of
-- another ticket now is gone from the one it was told of before.
new_events as (

    select
        events.source_account,
        events.ticket_id
    from events
    cross join run
    where events._loaded_at > run.built_through_at or events.occurred_at > run.built_as_of
    union
    select
        versions.source_account,
        versions.ticket_id
    from {{ ref('stg_generic__ticket_event_versions') }} as versions
    inner join events
        on versions.source_account = events.source_account and versions.event_id = events.event_id
    cross join run
    where events._loaded_at > run.built_through_at and versions.ticket_id <> events.ticket_id

),

final as (

    select
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        {{ created_month('tickets.created_at') }} as created_month,
        new_events.ticket_id is not null
        or coalesce(tickets._loaded_at > run.built_through_at, false)
        or coalesce(coalesce(tickets.updated_at, tickets.created_at) > run.built_as_of, false)
        or coalesce(tickets.created_at > run.built_as_of, false) as is_touched
    from tickets
    cross join run
    left join new_events
        on tickets.source_account = new_events.source_account and tickets.ticket_id = new_events.ticket_id

)

select * from final
