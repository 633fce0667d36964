-- Grain: one schedule of opening hours.
with

openings as (

    select * from {{ ref('int_schedule_openings') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by schedule_key
            order by valid_from_at desc nulls last, first_opens_on desc nulls last, weekday asc, opens_second asc
        ) as recency
    from openings

),

final as (

    select
        schedule_key,
        source_system,
        source_account,
        schedule_id,
        schedule_name,
        time_zone
    from ranked
    where recency = 1

)

select * from final
