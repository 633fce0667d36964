-- What are agents good at, compared with colleagues on the same mix of tickets?
-- The half-year before the publication's as_of. `difference` is the agent's value minus the colleagues', in the KPI's unit;
-- an interval that holds 0 says nothing. With under 20 tickets nobody is judged.
select
    strengths.source_system,
    strengths.agent_key,
    agent.agent_name,
    agent.home_team,
    kpi.name,
    strengths.clock,
    strengths.verdict,
    strengths.n,
    strengths.difference,
    strengths.interval_low,
    strengths.interval_high
from marts.agent_strengths as strengths
inner join marts.dim_kpi as kpi on strengths.kpi_id = kpi.kpi_id
left join core.dim_agent as agent on strengths.agent_key = agent.agent_key
order by
    case strengths.verdict when 'stronger' then 1 when 'weaker' then 2 when 'like colleagues' then 3 else 4 end,
    strengths.n desc, kpi.name, strengths.agent_key;
