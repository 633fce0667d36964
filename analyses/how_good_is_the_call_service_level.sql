-- How good is the call service level, in its four variants?
-- Calls answered in time, of all offered calls but short abandons (`default`), of all offered, of the answered; the last one
-- counts who gave up in time as served. Compare with a contract, or another centre, only the same variant.
select
    period_start as month_start,
    max(case when variant = 'default' then value end) as without_short_abandons,
    max(case when variant = 'offered' then value end) as of_offered,
    max(case when variant = 'answered_only' then value end) as of_answered,
    max(case when variant = 'answered_or_abandoned_within' then value end) as answered_or_abandoned_in_time,
    max(case when variant = 'offered' then denominator end) as offered_calls
from marts.kpi_values
where
    kpi_id = 'service_level_answer'
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'month'
    and slice = 'all'
group by period_start
order by month_start;
