-- Grain: one weekly local opening of a schedule of any helpdesk, while it is in force.
with

unioned as (

    select * from {{ ref('int_generic__schedule_openings') }}
    union all
    select * from {{ ref('int_zendesk__schedule_openings') }}

),

weekdays as (

    select days.weekday from (values (1), (2), (3), (4), (5), (6), (7)) as days (weekday)

),

-- For accounts that tell no opening hours: their business time is calendar time.
always_open as (

    select
        'warehouse' as source_system,
        'main' as source_account,
        'always_open' as schedule_id,
        'Always open' as schedule_name,
        'UTC' as time_zone,
        cast(weekday as bigint) as weekday,
        cast(0 as bigint) as opens_second,
        cast(86400 as bigint) as closes_second,
        cast(null as date) as first_opens_on,
        cast(null as date) as last_opens_on,
        cast(null as timestamp) as valid_from_at,
        cast(null as timestamp) as valid_until_at,
        false as is_default
    from weekdays

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'schedule_id']) }} as schedule_key,
        *
    from (
        select * from unioned
        union all
        select * from always_open
    )

)

select * from final
