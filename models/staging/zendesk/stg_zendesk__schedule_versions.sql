-- Grain: one version of a schedule, as it landed last.
with

source as (

    select * from {{ source('zendesk', 'schedules') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as schedule_id,
        nullif(trim(name), '') as schedule_name,
        trim(time_zone) as vendor_time_zone,
        intervals,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'schedule_id', 'updated_at']) }}

)

select * from final
