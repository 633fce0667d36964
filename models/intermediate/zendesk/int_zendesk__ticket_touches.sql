-- Grain: one Zendesk ticket, with whether anything new is known of it since the last build.
with

tickets as (

    select * from {{ ref('stg_zendesk__tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

new_custom_statuses as (

    select custom_statuses.source_account, custom_statuses.custom_status_id
    from {{ ref('stg_zendesk__custom_statuses') }} as custom_statuses
    cross join run
    where custom_statuses._loaded_at > run.built_through_at

),

custom_status_events as (

    select * from {{ ref('stg_zendesk__ticket_audit_events') }} where field_name = 'custom_status_id'

),

audits as (

    select * from {{ ref('stg_zendesk__ticket_audits') }}

),

-- What happened after the last build's as_of did not exist then, even if it had landed. An audit that is told of
-- another ticket now is gone from the one it was told of before. A custom status that has landed may tell another
-- category than before.
news as (

    select audits.source_account, audits.ticket_id
    from audits
    cross join run
    where audits._loaded_at > run.built_through_at or audits.created_at > run.built_as_of
    union
    select versions.source_account, versions.ticket_id
    from {{ ref('stg_zendesk__ticket_audit_versions') }} as versions
    inner join audits on versions.source_account = audits.source_account and versions.audit_id = audits.audit_id
    cross join run
    where audits._loaded_at > run.built_through_at and versions.ticket_id <> audits.ticket_id
    union
    select events.source_account, events.ticket_id
    from custom_status_events as events
    inner join new_custom_statuses as statuses
        on events.source_account = statuses.source_account and events.value = statuses.custom_status_id
    union
    select events.source_account, events.ticket_id
    from custom_status_events as events
    inner join new_custom_statuses as statuses
        on events.source_account = statuses.source_account and events.previous_value = statuses.custom_status_id

),

final as (

    select
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        {{ created_month('tickets.created_at') }} as created_month,
        news.ticket_id is not null
        or coalesce(tickets._loaded_at > run.built_through_at, false)
        or coalesce(coalesce(tickets.updated_at, tickets.created_at) > run.built_as_of, false)
        or coalesce(tickets.generated_at > run.built_as_of, false)
        or coalesce(tickets.created_at > run.built_as_of, false) as is_touched
    from tickets
    cross join run
    left join news
        on tickets.source_account = news.source_account and tickets.ticket_id = news.ticket_id

)

select * from final
