-- Grain: one holiday of a schedule, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'holidays') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as holiday_id,
        trim(schedule_id) as schedule_id,
        cast(trim(start_date) as date) as starts_on,
        cast(trim(end_date) as date) as ends_on,
        nullif(trim(name), '') as holiday_name,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'holiday_id']) }}

)

select * from final
