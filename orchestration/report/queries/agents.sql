-- Agents in the last month that is over, who solved most first; by name only where names are published.
select
    coalesce(agents.agent_name, left(agents.agent_key, 8)) as agent,
    agents.home_team,
    agents.period_start,
    agents.solved_count,
    agents.backlog_count,
    agents.median_first_response_hours * 3600 as first_response_seconds,
    agents.median_resolution_hours * 3600 as resolution_seconds,
    agents.reopen_rate,
    agents.sla_attainment_rate,
    case when agents.csat_answer_count >= rule.survey_minimum_n then agents.csat_rate end as csat_rate,
    agents.csat_answer_count,
    agents.occupancy_rate
from marts.agents
cross join core.dim_scorecard_rule as rule
where agents.period_grain = 'month'
    and agents.period_start = (select max(period_start) from marts.agents where period_grain = 'month' and is_over)
    and agents.solved_count > 0
order by agents.solved_count desc, agents.agent_key
limit $most
