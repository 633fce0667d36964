-- Grain: one KPI × variant × attribution × clock × slice value × period, from the one it was first seen in: also empty ones.
with

aggregates as (

    select * from {{ ref('kpi_period_aggregates') }}

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

series as (

    select distinct kpi_id, variant, attribution, clock, measure from aggregates

),

-- Agents of a helpdesk without opening hours have no rows of business time.
first_seen as (

    select kpi_id, clock, slice, slice_value, period_grain, min(period_start) as first_period_start
    from aggregates
    group by kpi_id, clock, slice, slice_value, period_grain

),

final as (

    select
        series.kpi_id,
        series.variant,
        series.attribution,
        series.clock,
        series.measure,
        first_seen.slice,
        first_seen.slice_value,
        periods.period_grain,
        periods.period_start,
        periods.is_over
    from series
    inner join first_seen on series.kpi_id = first_seen.kpi_id and series.clock = first_seen.clock
    inner join periods
        on first_seen.period_grain = periods.period_grain
            and first_seen.first_period_start <= periods.period_start

)

select * from final
