-- Grain: one logged update of an incident, in its latest version.
with

source as (

    select * from {{ source('servicenow', 'incidents') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'servicenow'

),

-- '?' is the log's word for missing.
renamed as (

    select
        'servicenow' as source_system,
        source._account as source_account,
        source.number as incident_number,
        cast(nullif(trim(source.sys_mod_count), '') as bigint) as modification_count,
        {{ servicenow_to_utc('source.sys_updated_at', 'accounts.time_zone') }} as updated_at,
        {{ servicenow_to_utc('source.opened_at', 'accounts.time_zone') }} as opened_at,
        {{ servicenow_to_utc('source.resolved_at', 'accounts.time_zone') }} as backfilled_resolved_at,
        nullif(source.incident_state, '?') as incident_state,
        nullif(source.priority, '?') as priority,
        nullif(source.category, '?') as category,
        nullif(source.contact_type, '?') as contact_type,
        nullif(source.caller_id, '?') as caller_id,
        nullif(source.assignment_group, '?') as assignment_group,
        nullif(source.assigned_to, '?') as assigned_to,
        nullif(source.sys_updated_by, '?') as updated_by,
        cast(nullif(nullif(trim(source.reassignment_count), ''), '?') as bigint) as reassignment_count,
        cast(nullif(nullif(trim(source.reopen_count), ''), '?') as bigint) as reopen_count,
        cast(nullif(nullif(trim(source.made_sla), ''), '?') as boolean) as made_sla,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'incident_number', 'modification_count', 'updated_at']) }}

)

select * from final
