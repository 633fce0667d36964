-- What does a contact cost, and a resolution, by month?
-- Money in the reporting currency. It is the cost of all ledgers by the contacts of all helpdesks: where only some
-- helpdesks deliver costs (as in the shipped samples) it is too low.
select
    period_start as month_start,
    support_cost,
    cost_per_contact,
    contact_count,
    cost_per_resolution,
    resolution_count,
    is_cost_complete
from marts.cost
where period_grain = 'month' and is_whole_service
order by month_start;
