-- How satisfied are customers by team, and how sure is that?
-- The last complete period of each grain. The interval (Wilson, 95 %) holds the true share; where those of two teams
-- overlap widely, do not rank them. Too few answers are suppressed: value NULL.
select
    period_grain,
    period_start,
    slice_value as team,
    value as share_satisfied,
    interval_low,
    interval_high,
    n as answers,
    is_suppressed,
    previous_value
from marts.kpi_scorecard
where
    kpi_id = 'csat_score'
    and variant = 'default'
    and attribution = 'event'
    and statistic = 'rate'
    and period_grain in ('month', 'quarter', 'year')
    and slice = 'team'
    and n > 0
order by period_grain, share_satisfied, team;
