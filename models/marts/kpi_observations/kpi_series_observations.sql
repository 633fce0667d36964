-- Grain: one observation of a series of kpi_series that takes more than sums: percentiles, survival, different subjects.
with

observations as (

    select *
    from {{ ref('kpi_observations') }}
    where (measure in ('distribution', 'survival') and numerator is not null)
        or measure in ('distinct_rate', 'distinct_count', 'distinct_per_unit')

),

series as (

    select * from {{ ref('kpi_series') }}

),

final as (

    select
        series.series_number,
        observations.measure,
        observations.observed_on,
        observations.subject_key,
        observations.numerator,
        observations.denominator,
        observations.is_censored
    from observations
    inner join series
        on observations.kpi_id = series.kpi_id
            and observations.variant = series.variant
            and observations.attribution = series.attribution
            and observations.clock = series.clock
            and observations.measure = series.measure
            and observations.slice = series.slice
            and observations.slice_value = series.slice_value

)

select * from final
