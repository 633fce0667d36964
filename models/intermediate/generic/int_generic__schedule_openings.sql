-- Grain: one weekly local opening of a schedule of the open format, while it is in force.
with

schedules as (

    select
        *,
        {{ second_of_day('opens') }} as opens_second,
        {{ second_of_day('closes') }} as closes_on_second
    from {{ ref('stg_generic__schedules') }}

),

final as (

    select
        source_system,
        source_account,
        schedule_id,
        schedule_name,
        time_zone,
        weekday,
        opens_second,
        -- At or before the opening, it closes on the next day.
        case when closes_on_second <= opens_second then closes_on_second + 86400 else closes_on_second end as closes_second,
        valid_from as first_opens_on,
        valid_to as last_opens_on,
        cast(null as timestamp) as valid_from_at,
        cast(null as timestamp) as valid_until_at,
        false as is_default
    from schedules

)

select * from final
