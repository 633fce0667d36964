-- Grain: one KPI × variant × attribution × clock × slice value × period, from the one it was first seen in: also empty ones.
with

aggregates as (

    select * from {{ ref('kpi_period_aggregates') }}

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

-- Agents of a helpdesk without opening hours have no rows of business time, nor of targets they never had.
first_seen as (

    select
        kpi_id, variant, attribution, clock, measure, slice, slice_value, period_grain,
        min(period_start) as first_period_start
    from aggregates
    group by kpi_id, variant, attribution, clock, measure, slice, slice_value, period_grain

),

final as (

    select
        first_seen.kpi_id,
        first_seen.variant,
        first_seen.attribution,
        first_seen.clock,
        first_seen.measure,
        first_seen.slice,
        first_seen.slice_value,
        periods.period_grain,
        periods.period_start,
        periods.is_over
    from first_seen
    inner join periods
        on first_seen.period_grain = periods.period_grain
            and first_seen.first_period_start <= periods.period_start

)

select * from final
