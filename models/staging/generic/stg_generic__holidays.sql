-- Grain: one holiday of a schedule, in its latest version.
with

source as (

    select * from {{ source('generic', 'holidays') }}

),

renamed as (

    select
        'generic' as source_system,
        _account as source_account,
        nullif(trim(schedule_id), '') as schedule_id,
        cast(nullif(trim(starts_on), '') as date) as starts_on,
        cast(nullif(trim(ends_on), '') as date) as ends_on,
        nullif(trim(name), '') as holiday_name,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'schedule_id', 'starts_on', 'ends_on']) }}

)

select * from final
