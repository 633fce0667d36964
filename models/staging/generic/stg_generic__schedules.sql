-- Grain: one opening of a schedule version, in its latest version.
with

source as (

    select * from {{ source('generic', 'schedules') }}

),

renamed as (

    select
        'generic' as source_system,
        _account as source_account,
        nullif(trim(schedule_id), '') as schedule_id,
        nullif(trim(name), '') as schedule_name,
        nullif(trim(time_zone), '') as time_zone,
        cast(nullif(trim(weekday), '') as bigint) as weekday,
        opens,
        closes,
        cast(nullif(trim(valid_from), '') as date) as valid_from,
        cast(nullif(trim(valid_to), '') as date) as valid_to,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'schedule_id', 'valid_from', 'weekday', 'opens']) }}

)

select * from final
