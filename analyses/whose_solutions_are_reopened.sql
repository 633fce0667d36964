-- Whose solutions do not last: reopens by team and quarter?
-- `reopen_rate` is the share of tickets solved in the quarter that were reopened in it, `reopens_per_solve` counts every
-- reopen and may pass 1.
select
    slice_value as team,
    period_start as quarter_start,
    max(case when variant = 'default' then value end) as reopen_rate,
    max(case when variant = 'default' then numerator end) as reopened_tickets,
    max(case when variant = 'default' then denominator end) as solved_tickets,
    max(case when variant = 'reopens_per_solve' then value end) as reopens_per_solve
from marts.kpi_values
where
    kpi_id = 'reopen_rate'
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'quarter'
    and slice = 'team'
    and denominator > 0
group by slice_value, period_start
order by quarter_start desc, reopen_rate desc;
