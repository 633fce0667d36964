-- Grain: one reporting day, from the first ticket's or call's to as_of's.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

first_instants as (

    select min(created_at) as first_at from {{ ref('int_tickets') }}
    union all
    select min(started_at) as first_at from {{ ref('int_calls') }}

),

first_instant as (

    select min(first_at) as first_at from first_instants

),

bounds as (

    select
        cast({{ utc_to_local('coalesce(first_instant.first_at, run.as_of)', 'run.reporting_time_zone') }} as date) as first_day,
        cast({{ utc_to_local('run.as_of', 'run.reporting_time_zone') }} as date) as last_day
    from run
    cross join first_instant

),

days as (

    select {{ date_sequence('first_day', 'last_day') }} as date_day from bounds

),

final as (

    select
        date_day,
        cast({{ dbt.date_trunc('week', 'date_day') }} as date) as week_start,
        cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
        cast({{ dbt.date_trunc('quarter', 'date_day') }} as date) as quarter_start,
        cast({{ dbt.date_trunc('year', 'date_day') }} as date) as year_start,
        cast({{ iso_weekday('date_day') }} as bigint) as iso_weekday,
        {{ iso_weekday('date_day') }} <= 5 as is_weekday
    from days

)

select * from final
