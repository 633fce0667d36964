-- Grain: one stretch of a schedule, open or closed, within one UTC day; with the open seconds before it.
with

bounds as (

    select * from {{ ref('int_business_horizon') }}

),

schedules as (

    select distinct schedule_key from {{ ref('int_schedule_openings') }}

),

hours as (

    select * from {{ ref('int_business_hours') }}

),

midnights as (

    select {{ date_sequence('first_day', 'last_day') }} as date_day from bounds

),

-- Whoever looks up an instant looks at the few stretches of its day: each begins anew at midnight.
steps as (

    select
        schedules.schedule_key,
        cast(midnights.date_day as timestamp) as stepped_at,
        0 as step
    from schedules
    cross join midnights
    union all
    select schedule_key, opens_at as stepped_at, 1 as step
    from hours
    union all
    select schedule_key, closes_at as stepped_at, -1 as step
    from hours

),

instants as (

    select schedule_key, stepped_at, sum(step) as step
    from steps
    group by schedule_key, stepped_at

),

stretches as (

    select
        schedule_key,
        stepped_at as from_at,
        lead(stepped_at) over (partition by schedule_key order by stepped_at) as to_at,
        sum(step) over (
            partition by schedule_key order by stepped_at rows between unbounded preceding and current row
        ) = 1 as is_open
    from instants

),

timed as (

    select
        *,
        case when is_open then {{ seconds_between('from_at', 'to_at') }} else 0 end as open_seconds
    from stretches
    where to_at is not null

),

final as (

    select
        schedule_key,
        cast(from_at as date) as date_day,
        from_at,
        to_at,
        is_open,
        cast(
            sum(open_seconds) over (
                partition by schedule_key order by from_at rows between unbounded preceding and current row
            ) - open_seconds as bigint
        ) as open_seconds_before
    from timed

)

select * from final
