-- Grain: one KPI × variant × attribution × clock × period × slice value in which something was observed.
with

series as (

    select * from {{ ref('kpi_series') }}

),

sums as (

    select * from {{ ref('kpi_period_sums') }}

),

distinct_subjects as (

    select * from {{ ref('kpi_period_subjects') }}

),

percentiles as (

    select * from {{ ref('kpi_period_percentiles') }}

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
    inner join series
        on sums.kpi_id = series.kpi_id
            and sums.variant = series.variant
            and sums.attribution = series.attribution
            and sums.clock = series.clock
            and sums.measure = series.measure
            and sums.slice = series.slice
            and sums.slice_value = series.slice_value
    left join distinct_subjects
        on series.series_number = distinct_subjects.series_number
            and sums.period_grain = distinct_subjects.period_grain
            and sums.period_start = distinct_subjects.period_start
    left join percentiles
        on series.series_number = percentiles.series_number
            and sums.period_grain = percentiles.period_grain
            and sums.period_start = percentiles.period_start
    left join survival
        on series.series_number = survival.series_number
            and sums.period_grain = survival.period_grain
            and sums.period_start = survival.period_start

)

select * from final
