-- Grain: one period: the share of the benchmarks compared with in it that are reached.
with

verdicts as (

    select * from {{ ref('kpi_benchmark_verdicts') }} where is_as_good is not null

),

counted as (

    select
        period_grain,
        period_start,
        cast(sum(case when is_as_good then 1 else 0 end) as double) as numerator,
        cast(count(*) as double) as denominator,
        count(*) as n,
        min(case when is_complete then 1 else 0 end) = 1 as is_complete
    from verdicts
    group by period_grain, period_start

),

final as (

    select
        'kpi_vs_benchmark' as kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        numerator / denominator as value,
        numerator,
        denominator,
        cast(n as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_complete
    from counted

)

select * from final
