-- Grain: one series of kpi_series that is told by percentiles × period.
with

observations as (

    select * from {{ ref('kpi_observations') }} where measure = 'distribution' and numerator is not null

),

series as (

    select * from {{ ref('kpi_series') }}

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

final as (

    select
        series.series_number,
        periods.period_grain,
        periods.period_start,
        percentile_cont(0.5) within group (order by observations.numerator) as median,
        percentile_cont(0.9) within group (order by observations.numerator) as p90,
        percentile_cont(0.95) within group (order by observations.numerator) as p95
    from observations
    inner join series
        on observations.kpi_id = series.kpi_id
            and observations.variant = series.variant
            and observations.attribution = series.attribution
            and observations.clock = series.clock
            and observations.measure = series.measure
            and observations.slice = series.slice
            and observations.slice_value = series.slice_value
    inner join periods on observations.observed_on = periods.date_day
    group by series.series_number, periods.period_grain, periods.period_start

)

select * from final
