-- How old are the tickets that were unsolved at each month's end?
-- Counts by age since creation, and the median and 90th percentile in days. The last row is the running month so far.
select
    period_start as month_start,
    max(case when variant = '0_1d' then value end) as up_to_1_day,
    max(case when variant = '1_3d' then value end) as up_to_3_days,
    max(case when variant = '3_7d' then value end) as up_to_7_days,
    max(case when variant = '7_14d' then value end) as up_to_14_days,
    max(case when variant = '14_30d' then value end) as up_to_30_days,
    max(case when variant = '30d_plus' then value end) as over_30_days,
    max(case when variant = 'default' and statistic = 'median' then value end) / 86400 as median_days,
    max(case when variant = 'default' and statistic = 'p90' then value end) / 86400 as p90_days
from marts.kpi_values
where
    kpi_id = 'backlog_age'
    and attribution = 'as_of'
    and clock = 'calendar'
    and period_grain = 'month'
    and slice = 'all'
group by period_start
order by month_start;
