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
            {{ json_integer('coalesce(sla, group_sla)', '$.target_in_seconds') }},
            60 * {{ json_integer('coalesce(sla, group_sla)', '$.target') }}
        ) as target_seconds,
        try_cast({{ json_text('coalesce(sla, group_sla)', '$.business_hours') }} as boolean) as is_business_hours,
        {{ json_text('coalesce(sla, group_sla)', '$.policy.id') }} as policy_id,
        {{ json_text('coalesce(sla, group_sla)', '$.policy.title') }} as policy_title,
        {{ json_integer('source.status', '$.calendar') }} as calendar_minutes,
        {{ json_integer('source.status', '$.business') }} as business_minutes,
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
