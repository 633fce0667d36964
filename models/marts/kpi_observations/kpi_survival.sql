-- Grain: one series of kpi_series that is told by survival × period, with its Kaplan–Meier quantiles.
with

observations as (

    select * from {{ ref('kpi_series_observations') }} where measure = 'survival'

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

-- At one time, what ends comes before what is only known to have lasted so long: both were at risk.
counted as (

    select
        observations.series_number, periods.period_grain, periods.period_start,
        observations.numerator as seconds,
        sum(case when observations.is_censored then 0 else 1 end) as ended_count,
        count(*) as case_count
    from observations
    inner join periods on observations.observed_on = periods.date_day
    group by observations.series_number, periods.period_grain, periods.period_start, observations.numerator

),

at_risk as (

    select
        *,
        sum(case_count) over (
            partition by series_number, period_grain, period_start
            order by seconds rows between current row and unbounded following
        ) as at_risk_count
    from counted

),

-- Where nobody goes on there is no next time either.
going_on as (

    select
        *,
        case
            when ended_count < at_risk_count then ln(1 - cast(ended_count as double) / at_risk_count)
        end as log_share
    from at_risk

),

-- The product of the shares that go on, as a sum of logarithms.
summed as (

    select
        *,
        sum(log_share) over (
            partition by series_number, period_grain, period_start
            order by seconds rows between unbounded preceding and current row
        ) as log_lasting_share
    from going_on

),

lasting as (

    select *, case when log_share is null then 0 else exp(log_lasting_share) end as lasting_share from summed

),

-- A billionth forgives the logarithms: a share of one half is one half. NULL is "not reached".
final as (

    select
        series_number,
        period_grain,
        period_start,
        min(case when lasting_share <= 0.5 + 1e-9 then seconds end) as km_median,
        min(case when lasting_share <= 0.1 + 1e-9 then seconds end) as km_p90
    from lasting
    group by series_number, period_grain, period_start

)

select * from final
