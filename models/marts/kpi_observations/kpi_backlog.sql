-- Grain: one backlog KPI × slice value × period, as the backlog stood at the period's end (or at as_of).
with

backlog as (

    select * from {{ ref('fct_backlog_daily') }}

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

ranked as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        backlog.slice,
        backlog.slice_value,
        backlog.backlog_count,
        row_number() over (
            partition by periods.period_grain, periods.period_start, backlog.slice, backlog.slice_value
            order by backlog.date_day desc
        ) as recency
    from backlog
    inner join periods on backlog.date_day = periods.date_day

),

levels as (

    select
        *,
        lag(backlog_count) over (
            partition by period_grain, slice, slice_value order by period_start
        ) as previous_backlog_count
    from ranked
    where recency = 1

),

unioned as (

    select 'backlog_unsolved' as kpi_id, cast(backlog_count as double) as value, * from levels
    union all
    select
        'backlog_growth' as kpi_id,
        cast(backlog_count - coalesce(previous_backlog_count, 0) as double) as value,
        *
    from levels

),

final as (

    select
        kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'count' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        backlog_count as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
