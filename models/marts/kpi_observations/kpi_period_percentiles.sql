-- Grain: one series of kpi_series that is told by percentiles × period.
with

observations as (

    select * from {{ ref('kpi_series_observations') }} where measure = 'distribution'

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

sorted as (

    select
        observations.series_number,
        periods.period_grain,
        periods.period_start,
        {{ percentiles('observations.numerator', [0.5, 0.9, 0.95]) }} as percentiles
    from observations
    inner join periods on observations.observed_on = periods.date_day
    group by observations.series_number, periods.period_grain, periods.period_start

),

final as (

    select
        series_number,
        period_grain,
        period_start,
        {{ nth('percentiles', 1) }} as median,
        {{ nth('percentiles', 2) }} as p90,
        {{ nth('percentiles', 3) }} as p95
    from sorted

)

select * from final
