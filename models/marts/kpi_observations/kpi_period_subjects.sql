-- Grain: one series of kpi_series that counts different tickets (customers …) × period, with how many there were.
with

observations as (

    select *
    from {{ ref('kpi_series_observations') }}
    where measure in ('distinct_rate', 'distinct_count', 'distinct_per_unit')

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

-- A ticket reopened twice in a month is one reopened ticket of that month; worked hours are no subjects, and summed.
final as (

    select
        observations.series_number,
        periods.period_grain,
        periods.period_start,
        count(distinct case when observations.numerator > 0 then observations.subject_key end) as numerator,
        count(distinct case when observations.denominator > 0 then observations.subject_key end) as denominator
    from observations
    inner join periods on observations.observed_on = periods.date_day
    group by observations.series_number, periods.period_grain, periods.period_start

)

select * from final
