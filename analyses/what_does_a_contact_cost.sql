-- What does a contact cost, and a resolution, by month?
-- Money in the reporting currency. It is the cost of all ledgers by the contacts of all helpdesks: where only some
-- helpdesks deliver costs (as in the shipped samples) it is too low.
select
    period_start as month_start,
    max(case when kpi_id = 'support_cost_total' then value end) as cost,
    max(case when kpi_id = 'cost_per_contact' then value end) as cost_per_contact,
    max(case when kpi_id = 'cost_per_contact' then denominator end) as contacts,
    max(case when kpi_id = 'cost_per_resolution' then value end) as cost_per_resolution,
    max(case when kpi_id = 'cost_per_resolution' then denominator end) as resolutions,
    min(is_complete) as is_complete
from marts.kpi_values
where
    kpi_id in ('support_cost_total', 'cost_per_contact', 'cost_per_resolution')
    and variant = 'default'
    and attribution in ('event', 'solved')
    and statistic in ('sum', 'mean')
    and clock = 'none'
    and period_grain = 'month'
    and slice = 'all'
group by period_start
order by month_start;
