-- How does the Net Promoter Score change by quarter?
-- -100 to 100: promoters (9–10) minus detractors (0–6) in percent of the answers. Under a hundred answers it swings by
-- ten points and more without anything having changed.
select
    period_start as quarter_start,
    max(case when variant = 'default' then value end) as nps,
    max(case when variant = 'promoters' then value end) as promoters,
    max(case when variant = 'passives' then value end) as passives,
    max(case when variant = 'detractors' then value end) as detractors,
    max(case when variant = 'default' then n end) as answers,
    min(is_complete) as is_complete
from marts.kpi_values
where
    kpi_id = 'nps'
    and attribution = 'event'
    and statistic in ('score', 'rate')
    and clock = 'none'
    and period_grain = 'quarter'
    and slice = 'all'
group by period_start
order by quarter_start;
