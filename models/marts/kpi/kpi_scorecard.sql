-- Grain: one KPI × variant × attribution × statistic × clock × slice value × grain, in its last complete period.
with

kpi_values as (

    select * from {{ ref('kpi_values') }}

),

last_complete as (

    select
        kpi_id,
        variant,
        attribution,
        statistic,
        clock,
        period_grain,
        slice,
        slice_value,
        max(period_start) as period_start
    from kpi_values
    where is_complete
    group by kpi_id, variant, attribution, statistic, clock, period_grain, slice, slice_value

),

-- Days and weeks look back 52 weeks, so that weekdays match.
periods as (

    select
        period_grain,
        period_start,
        lag(period_start) over (partition by period_grain order by period_start) as previous_start,
        cast(
            case
                when period_grain in ('day', 'week') then {{ dbt.dateadd('day', -364, 'period_start') }}
                else {{ dbt.dateadd('year', -1, 'period_start') }}
            end as date
        ) as last_year_start
    from (select distinct period_grain, period_start from {{ ref('bridge_date_period') }})

),

-- The two periods compared with are looked up beside the last one, in one pass.
compared as (

    select
        last_complete.kpi_id,
        last_complete.variant,
        last_complete.attribution,
        last_complete.statistic,
        last_complete.clock,
        last_complete.period_grain,
        last_complete.period_start,
        last_complete.slice,
        last_complete.slice_value,
        max(case when kpi_values.period_start = last_complete.period_start then kpi_values.value end) as value,
        max(case when kpi_values.period_start = last_complete.period_start then kpi_values.n end) as n,
        max(case when kpi_values.period_start = last_complete.period_start then kpi_values.n_censored end) as n_censored,
        max(case when kpi_values.period_start = periods.previous_start then kpi_values.value end) as previous_value,
        max(case when kpi_values.period_start = periods.last_year_start then kpi_values.value end) as last_year_value
    from last_complete
    inner join periods
        on last_complete.period_grain = periods.period_grain and last_complete.period_start = periods.period_start
    inner join kpi_values
        on last_complete.kpi_id = kpi_values.kpi_id
            and last_complete.variant = kpi_values.variant
            and last_complete.attribution = kpi_values.attribution
            and last_complete.statistic = kpi_values.statistic
            and last_complete.clock = kpi_values.clock
            and last_complete.period_grain = kpi_values.period_grain
            and last_complete.slice = kpi_values.slice
            and last_complete.slice_value = kpi_values.slice_value
            and kpi_values.period_start in (
                last_complete.period_start, periods.previous_start, periods.last_year_start
            )
    group by
        last_complete.kpi_id, last_complete.variant, last_complete.attribution, last_complete.statistic,
        last_complete.clock, last_complete.period_grain, last_complete.period_start, last_complete.slice,
        last_complete.slice_value

),

final as (

    select
        kpi_id,
        variant,
        attribution,
        statistic,
        clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        value,
        n,
        n_censored,
        previous_value,
        value - previous_value as change,
        -- Relative to nothing, or to less than nothing, a change has no rate.
        case when previous_value > 0 then (value - previous_value) / previous_value end as change_rate,
        last_year_value
    from compared

)

select * from final
