-- Which KPIs missed their targets in the last complete month, and by how much?
-- `gap` is value minus target, in the KPI's unit: seconds, or a share of 1. Targets stand in seeds/kpi_targets.csv;
-- a KPI without one is not listed.
select
    card.kpi_id,
    kpi.name,
    card.variant,
    card.statistic,
    card.clock,
    card.slice,
    card.slice_value,
    card.period_start,
    card.value,
    card.target_comparator,
    card.target,
    card.target_gap as gap,
    card.previous_value,
    card.n,
    card.status,
    kpi.owner
from marts.kpi_scorecard as card
inner join marts.dim_kpi as kpi on card.kpi_id = kpi.kpi_id
where card.period_grain = 'month' and card.status in ('missed', 'met')
order by card.status desc, kpi.category, kpi.name, card.slice, card.slice_value;
