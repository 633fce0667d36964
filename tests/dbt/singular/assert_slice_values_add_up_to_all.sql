-- Additive KPIs: the values of every slice add up to the whole.
with

by_slice as (

    select kpi_id, variant, attribution, period_grain, period_start, slice, sum(value) as value
    from {{ ref('kpi_values') }}
    where statistic = 'count' and kpi_id in ('tickets_created', 'tickets_solved', 'net_ticket_flow', 'backlog_unsolved')
    group by kpi_id, variant, attribution, period_grain, period_start, slice

)

select by_slice.*
from by_slice
inner join by_slice as whole
    on by_slice.kpi_id = whole.kpi_id
        and by_slice.variant = whole.variant
        and by_slice.attribution = whole.attribution
        and by_slice.period_grain = whole.period_grain
        and by_slice.period_start = whole.period_start
        and whole.slice = 'all'
where by_slice.value <> whole.value
