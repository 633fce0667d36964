-- Additive KPIs: the days of a month (week, quarter, year) add up to it, in every slice value.
with

daily as (

    select
        kpi_values.kpi_id, kpi_values.variant, kpi_values.attribution, kpi_values.slice, kpi_values.slice_value,
        periods.period_grain, periods.period_start, sum(kpi_values.value) as value
    from {{ ref('kpi_values') }} as kpi_values
    inner join {{ ref('bridge_date_period') }} as periods on kpi_values.period_start = periods.date_day
    where kpi_values.period_grain = 'day'
        and kpi_values.statistic = 'count'
        and kpi_values.kpi_id in ('tickets_created', 'tickets_solved', 'net_ticket_flow', 'sla_breach_count')
    group by
        kpi_values.kpi_id, kpi_values.variant, kpi_values.attribution, kpi_values.slice, kpi_values.slice_value,
        periods.period_grain, periods.period_start

)

select daily.*
from daily
inner join {{ ref('kpi_values') }} as whole
    on daily.kpi_id = whole.kpi_id
        and daily.variant = whole.variant
        and daily.attribution = whole.attribution
        and daily.slice = whole.slice
        and daily.slice_value = whole.slice_value
        and daily.period_grain = whole.period_grain
        and daily.period_start = whole.period_start
        and whole.statistic = 'count'
where daily.value <> whole.value
