-- Which agents break SLA targets, and which reply late?
-- A year's figures. Counts follow the load, so read them beside `settled`; who holds the hard tickets breaks more.
select
    figures.slice_value as agent_key,
    agent.agent_name,
    agent.home_team,
    figures.period_start as year_start,
    max(case when figures.kpi_id = 'sla_breach_count' then figures.value end) as broken,
    max(case when figures.kpi_id = 'sla_attainment_rate' then figures.denominator end) as settled,
    max(case when figures.kpi_id = 'sla_attainment_rate' then figures.value end) as share_kept,
    max(case when figures.kpi_id = 'late_reply_count_by_agent' then figures.value end) as late_replies
from marts.kpi_values as figures
left join core.dim_agent as agent on figures.slice_value = agent.agent_key
where
    figures.kpi_id in ('sla_breach_count', 'sla_attainment_rate', 'late_reply_count_by_agent')
    and figures.variant = 'default'
    and figures.attribution = 'event'
    and figures.statistic in ('count', 'rate')
    and figures.clock = 'none'
    and figures.period_grain = 'year'
    and figures.slice = 'agent'
group by figures.slice_value, agent.agent_name, agent.home_team, figures.period_start
order by broken desc, agent_key, year_start;
