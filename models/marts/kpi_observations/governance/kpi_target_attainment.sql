-- Grain: one period: the share of targets met in it.
with

verdicts as (

    select * from {{ ref('kpi_target_verdicts') }} where status is not null

),

counted as (

    select
        period_grain,
        period_start,
        cast(sum(case status when 'met' then 1 else 0 end) as double) as numerator,
        cast(count(*) as double) as denominator,
        count(*) as n,
        min(case when is_complete then 1 else 0 end) = 1 as is_complete
    from verdicts
    group by period_grain, period_start

),

final as (

    select
        'kpi_target_attainment' as kpi_id,
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
