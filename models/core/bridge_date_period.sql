-- Grain: one reporting day × period grain, with the period the day lies in.
with

days as (

    select * from {{ ref('dim_date') }}

),

unioned as (

    select date_day, 'day' as period_grain, date_day as period_start from days
    union all
    select date_day, 'week' as period_grain, week_start as period_start from days
    union all
    select date_day, 'month' as period_grain, month_start as period_start from days
    union all
    select date_day, 'quarter' as period_grain, quarter_start as period_start from days
    union all
    select date_day, 'year' as period_grain, year_start as period_start from days

),

-- as_of lies in the last day: the periods that hold it are not over.
last_days as (

    select max(date_day) as last_day from days

),

open_periods as (

    select unioned.period_grain, unioned.period_start
    from unioned
    inner join last_days on unioned.date_day = last_days.last_day

),

final as (

    select
        unioned.date_day,
        unioned.period_grain,
        unioned.period_start,
        open_periods.period_start is null as is_over
    from unioned
    left join open_periods
        on unioned.period_grain = open_periods.period_grain
            and unioned.period_start = open_periods.period_start

)

select * from final
