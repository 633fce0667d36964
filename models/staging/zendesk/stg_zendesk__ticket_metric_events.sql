-- Grain: one event of a ticket's metric, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'ticket_metric_events') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as metric_event_id,
        trim(ticket_id) as ticket_id,
        lower(trim(metric)) as metric,
        cast(nullif(trim(instance_id), '') as bigint) as instance_id,
        lower(trim(source.type)) as event_type,
        {{ iso_to_utc('source.time', "'UTC'") }} as occurred_at,
        coalesce(
            try_cast({{ json_text('coalesce(sla, group_sla)', '$.target_in_seconds') }} as bigint),
            60 * try_cast({{ json_text('coalesce(sla, group_sla)', '$.target') }} as bigint)
        ) as target_seconds,
        try_cast({{ json_text('coalesce(sla, group_sla)', '$.business_hours') }} as boolean) as is_business_hours,
        {{ json_text('coalesce(sla, group_sla)', '$.policy.id') }} as policy_id,
        {{ json_text('coalesce(sla, group_sla)', '$.policy.title') }} as policy_title,
        try_cast({{ json_text('source.status', '$.calendar') }} as bigint) as calendar_minutes,
        try_cast({{ json_text('source.status', '$.business') }} as bigint) as business_minutes,
        coalesce(cast(nullif(trim(deleted), '') as boolean), false) as is_deleted,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'metric_event_id']) }}

)

select * from final
