-- How many callers hang up before they are answered, by week, and where?
-- Who hangs up within seconds (short_abandon_seconds) was not lost. Weeks begin on Monday.
select
    period_start as week_start,
    max(case when variant = 'default' then value end) as abandonment_rate,
    max(case when variant = 'in_ivr' then value end) as in_menu,
    max(case when variant = 'in_queue' then value end) as in_queue,
    max(case when variant = 'on_hold' then value end) as on_hold,
    max(case when variant = 'default' then numerator end) as abandoned_calls,
    max(case when variant = 'default' then denominator end) as calls
from marts.kpi_values
where
    kpi_id = 'abandonment_rate'
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'week'
    and slice = 'all'
group by period_start
order by week_start;
