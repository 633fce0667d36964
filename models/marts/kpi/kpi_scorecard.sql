-- Grain: one KPI × variant × attribution × statistic × clock × slice value × grain, in its last complete period.
with

figures as (

    select * from {{ ref('kpi_last_periods') }}

),

registry as (

    select * from {{ ref('kpi_registry') }}

),

targets as (

    select * from {{ ref('kpi_target_verdicts') }}

),

benchmarks as (

    select * from {{ ref('kpi_benchmark_verdicts') }}

),

-- Wilson's interval at 95 %: where the share lies that so many tickets are a sample of. A share of seconds has no sample.
intervals as (

    select
        figures.*,
        (
            registry.is_share and figures.statistic = 'rate' and not figures.is_suppressed
            and figures.denominator > 0 and figures.numerator between 0 and figures.denominator
            and figures.denominator = figures.n
        ) as has_interval,
        {{ wilson_bound('figures.numerator', 'figures.denominator', -1) }} as lower_bound,
        {{ wilson_bound('figures.numerator', 'figures.denominator', 1) }} as upper_bound
    from figures
    left join registry on figures.kpi_id = registry.kpi_id

),

final as (

    select
        intervals.kpi_id,
        intervals.variant,
        intervals.attribution,
        intervals.statistic,
        intervals.clock,
        intervals.period_grain,
        intervals.period_start,
        intervals.slice,
        intervals.slice_value,
        intervals.value,
        intervals.n,
        intervals.n_censored,
        intervals.is_suppressed,
        case when intervals.has_interval then intervals.lower_bound end as interval_low,
        case when intervals.has_interval then intervals.upper_bound end as interval_high,
        intervals.previous_value,
        intervals.value - intervals.previous_value as change,
        -- Relative to nothing, or to less than nothing, a change has no rate.
        case
            when intervals.previous_value > 0
                then (intervals.value - intervals.previous_value) / intervals.previous_value
        end as change_rate,
        intervals.last_year_value,
        targets.target,
        targets.comparator as target_comparator,
        targets.target_gap,
        case when targets.target is null then 'no target' else targets.status end as status,
        benchmarks.benchmark_value,
        benchmarks.benchmark_source,
        benchmarks.benchmark_refusal
    from intervals
    left join targets
        on intervals.kpi_id = targets.kpi_id
            and intervals.variant = targets.variant
            and intervals.attribution = targets.attribution
            and intervals.statistic = targets.statistic
            and intervals.clock = targets.clock
            and intervals.period_grain = targets.period_grain
            and intervals.period_start = targets.period_start
            and intervals.slice = targets.slice
            and intervals.slice_value = targets.slice_value
    left join benchmarks
        on intervals.kpi_id = benchmarks.kpi_id
            and intervals.variant = benchmarks.variant
            and intervals.attribution = benchmarks.attribution
            and intervals.statistic = benchmarks.statistic
            and intervals.clock = benchmarks.clock
            and intervals.period_grain = benchmarks.period_grain
            and intervals.period_start = benchmarks.period_start
            and intervals.slice = benchmarks.slice
            and intervals.slice_value = benchmarks.slice_value

)

select * from final
