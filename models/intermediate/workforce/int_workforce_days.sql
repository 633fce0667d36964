-- Grain: one reporting day, from the first on which an agent's time is told to as_of's; with its bounds in UTC.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

told as (

    select min(started_at) as first_at from {{ ref('int_agent_states') }}
    union all
    select min(started_at) as first_at from {{ ref('int_shifts') }}

),

bounds as (

    select
        run.reporting_time_zone,
        {{ reporting_day('min(coalesce(told.first_at, run.as_of))', 'run.reporting_time_zone') }} as first_day,
        {{ reporting_day('run.as_of', 'run.reporting_time_zone') }} as last_day
    from run
    cross join told
    group by run.as_of, run.reporting_time_zone

),

days as (

    select
        reporting_time_zone,
        {{ date_sequence('first_day', 'last_day') }} as date_day
    from bounds

),

midnights as (

    select
        reporting_time_zone,
        date_day,
        cast(date_day as timestamp) as midnight
    from days

),

next_midnights as (

    select
        *,
        {{ seconds_after('midnight', '86400') }} as next_midnight
    from midnights

),

final as (

    select
        date_day,
        {{ local_to_utc('midnight', 'reporting_time_zone') }} as starts_at,
        {{ local_to_utc('next_midnight', 'reporting_time_zone') }} as ends_at
    from next_midnights

)

select * from final
