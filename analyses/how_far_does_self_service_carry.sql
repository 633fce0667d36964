-- How far does self-service carry, by quarter?
-- The score is users of the help centre for each customer who wrote a ticket. Deflection is the share of visits to ask
-- something that no ticket followed; with visitors whom nobody can match to tickets it looks better than it is.
select
    period_start as quarter_start,
    max(case when kpi_id = 'self_service_score' then value end) as self_service_score,
    max(case when kpi_id = 'deflection_rate' and variant = 'default' then value end) as deflection_rate,
    max(case when kpi_id = 'deflection_rate' and variant = 'default' then denominator end) as sessions,
    max(case when kpi_id = 'deflection_rate' and variant = 'with_unknown_visitors' then value end)
        as deflection_rate_with_unknown,
    max(case when kpi_id = 'bot_resolution_rate' and variant = 'default' then value end) as bot_resolution_rate,
    max(case when kpi_id = 'article_helpfulness' then value end) as article_helpfulness
from marts.kpi_values
where
    kpi_id in ('self_service_score', 'deflection_rate', 'bot_resolution_rate', 'article_helpfulness')
    and variant in ('default', 'with_unknown_visitors')
    and attribution = 'event'
    and statistic = 'rate'
    and clock = 'none'
    and period_grain = 'quarter'
    and slice = 'all'
group by period_start
order by quarter_start;
