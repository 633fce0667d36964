-- Grain: one status that an audit of a Zendesk ticket tells, in Zendesk's words: at creation, or as a change.
with

events as (

    select
        *,
        max(case when field_name = 'status' then 1 else 0 end) over (
            partition by source_account, audit_id
        ) as status_events_of_audit
    from {{ ref('stg_zendesk__ticket_audit_events') }}
    where event_type in ('Create', 'Change') and field_name in ('status', 'custom_status_id')

),

custom_statuses as (

    select * from {{ ref('stg_zendesk__custom_statuses') }}

),

-- An audit that tells the status needs no custom status for it.
telling as (

    select
        *,
        case when event_type = 'Create' then value else previous_value end as old_value
    from events
    where field_name = 'status' or status_events_of_audit = 0

),

-- A custom status is its category; one that is on no list shows as a code that nobody mapped.
in_categories as (

    select
        telling.*,
        case
            when telling.field_name = 'status' then lower(telling.old_value)
            else coalesce(old_statuses.status_category, 'custom status ' || telling.old_value)
        end as old_status,
        case
            when telling.field_name = 'status' then lower(telling.value)
            else coalesce(new_statuses.status_category, 'custom status ' || telling.value)
        end as new_status
    from telling
    left join custom_statuses as old_statuses
        on telling.source_account = old_statuses.source_account
            and telling.field_name = 'custom_status_id'
            and telling.old_value = old_statuses.custom_status_id
    left join custom_statuses as new_statuses
        on telling.source_account = new_statuses.source_account
            and telling.field_name = 'custom_status_id'
            and telling.value = new_statuses.custom_status_id

),

final as (

    select
        source_system,
        source_account,
        ticket_id,
        lpad(audit_id, 20, '0') || '-' || lpad(cast(event_number as {{ dbt.type_string() }}), 6, '0') as event_id,
        event_type,
        old_status,
        new_status,
        created_at as occurred_at,
        coalesce(event_type = 'Change' and audit_via_rel = 'merge' and new_status = 'closed', false) as is_merge,
        merged_into_id,
        audit_author_id,
        via_channel
    from in_categories
    where event_type = 'Create' or coalesce(old_status, '') <> coalesce(new_status, '')

)

select * from final
