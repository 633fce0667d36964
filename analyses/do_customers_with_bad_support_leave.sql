-- Do customers leave more often after bad support?
-- `churn_with_minus_without` is the churn of customers who had a missed target or a bad rating, minus that of the others:
-- 0.02 is two points more. They go together; that one causes the other it does not say. NULL where a group is empty.
select
    period_grain,
    period_start,
    max(case when kpi_id = 'support_to_churn' then value end) as churn_with_minus_without,
    max(case when kpi_id = 'churn_rate' then value end) as churn_rate,
    max(case when kpi_id = 'churn_rate' then numerator end) as customers_lost,
    max(case when kpi_id = 'churn_rate' then denominator end) as customers_at_start,
    min(is_complete) as is_complete
from marts.kpi_values
where
    kpi_id in ('support_to_churn', 'churn_rate')
    and variant = 'default'
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain in ('month', 'quarter')
    and slice = 'all'
group by period_grain, period_start
order by period_grain, period_start;
