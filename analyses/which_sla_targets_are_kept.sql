-- Which SLA targets are kept, by metric and month?
-- A target counts in the month in which it was kept or broken; what still runs counts nowhere. `default` is all metrics
-- of a helpdesk together, `vendor_…` the helpdesk's own verdict, which is not compared with ours here.
select
    variant as sla_metric,
    period_start as month_start,
    value as share_kept,
    numerator as kept,
    denominator as settled,
    is_complete
from marts.kpi_values
where
    kpi_id = 'sla_attainment_rate'
    and variant not like 'vendor_%'
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'month'
    and slice = 'all'
    and denominator > 0
order by sla_metric, month_start;
