-- Grain: one KPI × variant × attribution × clock × measure × period × slice value, with the sums of what was observed.
with

observations as (

    select * from {{ ref('kpi_observations') }}

),

-- Sums are taken by day first: periods are sums of days, never means of means.
daily_sums as (

    select
        kpi_id, variant, attribution, clock, measure, observed_on, slice, slice_value,
        {{ exact_sum('numerator') }} as numerator,
        {{ exact_sum('denominator') }} as denominator,
        max(numerator) as maximum,
        count(case when not is_censored and numerator is not null then 1 end) as n,
        count(case when is_censored then 1 end) as n_censored,
        count(case when is_immature then 1 end) as n_immature
    from observations
    group by kpi_id, variant, attribution, clock, measure, observed_on, slice, slice_value

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

final as (

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

)

select * from final
