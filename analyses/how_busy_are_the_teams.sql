-- How busy are the teams: occupancy, and tickets handled and solved per hour, by month?
-- Occupancy is handling time as a share of handling and available time: too high wears people out, too low is waste.
select
    period_start as month_start,
    slice_value as team,
    max(case when kpi_id = 'occupancy' then value end) as occupancy,
    max(case when kpi_id = 'utilisation' then value end) as utilisation,
    max(case when kpi_id = 'shrinkage' then value end) as shrinkage,
    max(case when kpi_id = 'tickets_handled_per_hour' then value end) as handled_per_hour,
    max(case when kpi_id = 'tickets_solved_per_hour' then value end) as solved_per_hour
from marts.kpi_values
where
    kpi_id in ('occupancy', 'utilisation', 'shrinkage', 'tickets_handled_per_hour', 'tickets_solved_per_hour')
    and variant = 'default'
    and attribution in ('event', 'solved')
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'month'
    and slice = 'team'
group by period_start, slice_value
order by team, month_start;
