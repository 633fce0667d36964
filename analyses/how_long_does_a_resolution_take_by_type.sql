-- How long does a resolution take by ticket type, by the calendar and by opening hours?
-- Tickets by the quarter of their last solve; 90 % of them were solved within `p90`. Business hours are NULL for a
-- helpdesk that delivers no schedule.
select
    slice_value as ticket_type,
    period_start as quarter_start,
    max(case when statistic = 'median' and clock = 'calendar' then value end) / 3600 as median_hours,
    max(case when statistic = 'p90' and clock = 'calendar' then value end) / 3600 as p90_hours,
    max(case when statistic = 'median' and clock = 'business' then value end) / 3600 as median_business_hours,
    max(case when statistic = 'p90' and clock = 'business' then value end) / 3600 as p90_business_hours,
    max(case when statistic = 'median' and clock = 'calendar' then n end) as tickets
from marts.kpi_values
where
    kpi_id = 'average_resolution_time'
    and variant = 'default'
    and attribution = 'solved'
    and statistic in ('median', 'p90')
    and period_grain = 'quarter'
    and slice = 'ticket_type'
    and n > 0
group by slice_value, period_start
order by quarter_start desc, median_hours desc;
