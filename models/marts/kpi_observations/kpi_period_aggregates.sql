-- Grain: one KPI × variant × attribution × clock × period × slice value in which something was observed.
with

observations as (

    select * from {{ ref('kpi_observations') }}

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

-- Sums are taken by day first: periods are sums of days, never means of means.
daily_sums as (

    select
        kpi_id, variant, attribution, clock, measure, observed_on, slice, slice_value,
        {{ exact_sum('numerator') }} as numerator,
        {{ exact_sum('denominator') }} as denominator,
        max(numerator) as maximum,
        sum(case when is_censored or numerator is null then 0 else 1 end) as n,
        sum(case when is_censored then 1 else 0 end) as n_censored,
        sum(case when is_immature then 1 else 0 end) as n_immature
    from observations
    group by kpi_id, variant, attribution, clock, measure, observed_on, slice, slice_value

),

sums as (

    select
        daily_sums.kpi_id, daily_sums.variant, daily_sums.attribution, daily_sums.clock, daily_sums.measure,
        daily_sums.slice, daily_sums.slice_value, periods.period_grain, periods.period_start,
        {{ exact_sum('daily_sums.numerator') }} as numerator,
        {{ exact_sum('daily_sums.denominator') }} as denominator,
        max(daily_sums.maximum) as maximum,
        sum(daily_sums.n) as n,
        sum(daily_sums.n_censored) as n_censored,
        sum(daily_sums.n_immature) as n_immature
    from daily_sums
    inner join periods on daily_sums.observed_on = periods.date_day
    group by
        daily_sums.kpi_id, daily_sums.variant, daily_sums.attribution, daily_sums.clock, daily_sums.measure,
        daily_sums.slice, daily_sums.slice_value, periods.period_grain, periods.period_start

),

-- A ticket reopened twice in a month is one reopened ticket of that month; worked hours are no subjects, and summed.
distinct_subjects as (

    select
        observations.kpi_id, observations.variant, observations.attribution, observations.clock, observations.measure,
        observations.slice, observations.slice_value, periods.period_grain, periods.period_start,
        count(distinct case when observations.numerator > 0 then observations.subject_key end) as numerator,
        count(distinct case when observations.denominator > 0 then observations.subject_key end) as denominator
    from observations
    inner join periods on observations.observed_on = periods.date_day
    where observations.measure in ('distinct_rate', 'distinct_count', 'distinct_per_unit')
    group by
        observations.kpi_id, observations.variant, observations.attribution, observations.clock, observations.measure,
        observations.slice, observations.slice_value, periods.period_grain, periods.period_start

),

percentiles as (

    select
        observations.kpi_id, observations.variant, observations.attribution, observations.clock, observations.slice,
        observations.slice_value, periods.period_grain, periods.period_start,
        percentile_cont(0.5) within group (order by observations.numerator) as median,
        percentile_cont(0.9) within group (order by observations.numerator) as p90,
        percentile_cont(0.95) within group (order by observations.numerator) as p95
    from observations
    inner join periods on observations.observed_on = periods.date_day
    where observations.measure = 'distribution' and observations.numerator is not null
    group by
        observations.kpi_id, observations.variant, observations.attribution, observations.clock, observations.slice,
        observations.slice_value, periods.period_grain, periods.period_start

),

survival as (

    select * from {{ ref('kpi_survival') }}

),

final as (

    select
        sums.kpi_id,
        sums.variant,
        sums.attribution,
        sums.clock,
        sums.measure,
        sums.slice,
        sums.slice_value,
        sums.period_grain,
        sums.period_start,
        coalesce(cast(distinct_subjects.numerator as double), sums.numerator) as numerator,
        case
            when sums.measure = 'distinct_rate' then cast(distinct_subjects.denominator as double)
            else sums.denominator
        end as denominator,
        case
            when sums.measure = 'distinct_rate' then distinct_subjects.denominator
            else coalesce(distinct_subjects.numerator, sums.n)
        end as n,
        sums.n_censored,
        sums.n_immature,
        sums.maximum,
        percentiles.median,
        percentiles.p90,
        percentiles.p95,
        survival.km_median,
        survival.km_p90
    from sums
    left join distinct_subjects
        on sums.kpi_id = distinct_subjects.kpi_id
            and sums.variant = distinct_subjects.variant
            and sums.attribution = distinct_subjects.attribution
            and sums.clock = distinct_subjects.clock
            and sums.measure = distinct_subjects.measure
            and sums.slice = distinct_subjects.slice
            and sums.slice_value = distinct_subjects.slice_value
            and sums.period_grain = distinct_subjects.period_grain
            and sums.period_start = distinct_subjects.period_start
    left join percentiles
        on sums.kpi_id = percentiles.kpi_id
            and sums.variant = percentiles.variant
            and sums.attribution = percentiles.attribution
            and sums.clock = percentiles.clock
            and sums.measure = 'distribution'
            and sums.slice = percentiles.slice
            and sums.slice_value = percentiles.slice_value
            and sums.period_grain = percentiles.period_grain
            and sums.period_start = percentiles.period_start
    left join survival
        on sums.kpi_id = survival.kpi_id
            and sums.variant = survival.variant
            and sums.attribution = survival.attribution
            and sums.clock = survival.clock
            and sums.measure = 'survival'
            and sums.slice = survival.slice
            and sums.slice_value = survival.slice_value
            and sums.period_grain = survival.period_grain
            and sums.period_start = survival.period_start

)

select * from final
