-- Grain: one KPI of verdicts × period: the share of targets met in it, and of the benchmarks compared with that are reached.
with

verdicts as (

    select 'kpi_target_attainment' as kpi_id, period_grain, period_start, status = 'met' as is_good, is_complete
    from {{ ref('kpi_target_verdicts') }}
    union all
    select 'kpi_vs_benchmark' as kpi_id, period_grain, period_start, is_as_good as is_good, is_complete
    from {{ ref('kpi_benchmark_verdicts') }}
    where benchmark_refusal is null

),

first_told as (

    select kpi_id, period_grain, min(period_start) as first_period_start
    from verdicts
    where is_good is not null
    group by kpi_id, period_grain

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

-- A figure that may still get a value keeps the period open; one that has none in it is no part of the share.
counted as (

    select
        first_told.kpi_id,
        periods.period_grain,
        periods.period_start,
        cast(sum(case when verdicts.is_good then 1 else 0 end) as double) as numerator,
        cast(count(verdicts.is_good) as double) as denominator,
        count(verdicts.is_good) as n,
        periods.is_over and min(case when not verdicts.is_complete then 0 else 1 end) = 1 as is_complete
    from periods
    inner join first_told
        on periods.period_grain = first_told.period_grain and periods.period_start >= first_told.first_period_start
    left join verdicts
        on first_told.kpi_id = verdicts.kpi_id
            and periods.period_grain = verdicts.period_grain
            and periods.period_start = verdicts.period_start
    group by first_told.kpi_id, periods.period_grain, periods.period_start, periods.is_over

),

final as (

    select
        kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        numerator / nullif(denominator, 0) as value,
        numerator,
        denominator,
        cast(n as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_complete
    from counted

)

select * from final
