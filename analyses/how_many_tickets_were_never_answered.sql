-- How many customers' tickets were never answered, by channel and month of creation?
-- Of tickets old enough to be judged: those that wait unsolved, and those that were solved without a reply, each as a
-- share of `tickets` and as a count.
select
    slice_value as channel,
    period_start as month_start,
    max(case when variant = 'default' then value end) as never_answered,
    max(case when variant = 'default' then numerator end) as never_answered_tickets,
    max(case when variant = 'solved_unreplied' then value end) as solved_unanswered,
    max(case when variant = 'solved_unreplied' then numerator end) as solved_unanswered_tickets,
    max(case when variant = 'default' then denominator end) as tickets,
    min(is_complete) as is_complete
from marts.kpi_values
where
    kpi_id = 'never_responded_rate'
    and attribution = 'created'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'month'
    and slice = 'channel'
    and denominator > 0
group by slice_value, period_start
order by channel, month_start;
