-- Grain: one KPI × variant × attribution × statistic × clock × slice value × grain, in its last complete period.
with

-- What too few have answered is not shown, nor compared with.
kpi_values as (

    select
        all_values.kpi_id,
        all_values.variant,
        all_values.attribution,
        all_values.statistic,
        all_values.clock,
        all_values.period_grain,
        all_values.period_start,
        all_values.slice,
        all_values.slice_value,
        all_values.numerator,
        all_values.denominator,
        all_values.n,
        all_values.n_censored,
        all_values.is_complete,
        all_values.n < coalesce(minimum_counts.minimum_n, 0) as is_suppressed,
        case when all_values.n < coalesce(minimum_counts.minimum_n, 0) then null else all_values.value end as value
    from {{ ref('kpi_values') }} as all_values
    left join {{ ref('kpi_minimum_counts') }} as minimum_counts
        on all_values.kpi_id = minimum_counts.kpi_id and all_values.statistic = minimum_counts.statistic

),

last_complete as (

    select
        kpi_id, variant, attribution, statistic, clock, period_grain, slice, slice_value,
        max(period_start) as period_start
    from kpi_values
    where is_complete
    group by kpi_id, variant, attribution, statistic, clock, period_grain, slice, slice_value

),

periods as (

    select
        period_grain,
        period_start,
        lag(period_start) over (partition by period_grain order by period_start) as previous_start,
        {{ year_earlier('period_grain', 'period_start') }} as last_year_start
    from (select distinct period_grain, period_start from {{ ref('bridge_date_period') }})

),

-- The two periods compared with are looked up beside the last one, in one pass.
looked_up as (

    select
        kpi_values.*,
        last_complete.period_start as last_start,
        kpi_values.period_start = last_complete.period_start as is_last,
        kpi_values.period_start = periods.previous_start as is_previous,
        kpi_values.period_start = periods.last_year_start as is_last_year
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

),

final as (

    select
        kpi_id, variant, attribution, statistic, clock, period_grain, last_start as period_start, slice, slice_value,
        max(case when is_last then value end) as value,
        max(case when is_last then numerator end) as numerator,
        max(case when is_last then denominator end) as denominator,
        max(case when is_last then n end) as n,
        max(case when is_last then n_censored end) as n_censored,
        max(case when is_last and is_suppressed then 1 else 0 end) = 1 as is_suppressed,
        max(case when is_previous then value end) as previous_value,
        max(case when is_last_year then value end) as last_year_value
    from looked_up
    group by kpi_id, variant, attribution, statistic, clock, period_grain, last_start, slice, slice_value

)

select * from final
