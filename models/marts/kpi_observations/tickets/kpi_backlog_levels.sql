-- Grain: one period × slice value, with the backlog and its parts as they stood at its end (or at as_of).
with

backlog as (

    select
        *,
        sum(solved_count) over last_28_days as solves_of_28_days,
        count(*) over last_28_days as days_of_28
    from {{ ref('fct_backlog_daily') }}
    window last_28_days as (
        partition by slice, slice_value order by date_day rows between 27 preceding and current row
    )

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

final as (

    select
        * from (
        select
            periods.period_grain,
            periods.period_start,
            periods.is_over,
            backlog.*,
            row_number() over (
                partition by periods.period_grain, periods.period_start, backlog.slice, backlog.slice_value
                order by backlog.date_day desc
            ) as recency
        from backlog
        inner join periods on backlog.date_day = periods.date_day
    )
    where recency = 1

)

select * from final
