-- The scorecard of all tickets: what tells each KPI, as helpdesk scorecard shows it, and every figure with a target.
with

figures as (
    select
        kpi_scorecard.*,
        dim_kpi.category,
        (variant = 'default' or not bool_or(variant = 'default') over of_kpi)
        and (
            kpi_scorecard.attribution = dim_kpi.attribution
            or not bool_or(kpi_scorecard.attribution = dim_kpi.attribution) over of_kpi
        )
        and clock <> 'business'
        and (statistic not in ('mean', 'p90', 'km_median', 'km_p90') or not bool_or(statistic = 'median') over of_kpi)
            as is_headline
    from marts.kpi_scorecard
    inner join marts.dim_kpi on kpi_scorecard.kpi_id = dim_kpi.kpi_id
    where slice = 'all' and statistic <> 'p95'
    window of_kpi as (partition by kpi_scorecard.kpi_id, period_grain)
)

select
    period_grain, category, kpi_id, variant, attribution, statistic, clock, period_start,
    value, n, n_censored, is_suppressed, interval_low, interval_high,
    change, change_rate, last_year_value,
    target, target_comparator, case when status in ('met', 'missed') then status end as status,
    benchmark_value, benchmark_source, benchmark_refusal
from figures
where is_headline or target is not null or benchmark_value is not null
order by period_grain, category, kpi_id, variant, attribution, statistic, clock, target
