-- Grain: one escalation of one ticket, of one of four types.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

teams as (

    select team_key, tier from {{ ref('int_teams') }}

),

agents as (

    select agent_key, tier from {{ ref('int_agents') }}

),

tickets as (

    select ticket_key, source_system, source_account from {{ ref('int_tickets') }}

),

spells as (

    select
        spells.*,
        case priority when 'urgent' then 4 when 'high' then 3 when 'normal' then 2 when 'low' then 1 end as urgency,
        {{ last_known('team_key', 'ticket_key', 'started_at', before=true) }} as previous_team_key,
        {{ last_known('agent_key', 'ticket_key', 'started_at', before=true) }} as previous_agent_key,
        {{ last_known('priority', 'ticket_key', 'started_at', before=true) }} as previous_priority
    from {{ ref('fct_ticket_spells') }} as spells

),

compared as (

    select
        spells.*,
        case spells.previous_priority when 'urgent' then 4 when 'high' then 3 when 'normal' then 2 when 'low' then 1 end
            as previous_urgency,
        teams.tier as team_tier,
        previous_teams.tier as previous_team_tier,
        agents.tier as agent_tier,
        previous_agents.tier as previous_agent_tier,
        spells.is_team_change and {{ is_higher_tier('teams.tier', 'previous_teams.tier') }} as is_team_tier_up,
        spells.is_assignee_change and {{ is_higher_tier('agents.tier', 'previous_agents.tier') }} as is_agent_tier_up
    from spells
    left join teams on spells.team_key = teams.team_key
    left join teams as previous_teams on spells.previous_team_key = previous_teams.team_key
    left join agents on spells.agent_key = agents.agent_key
    left join agents as previous_agents on spells.previous_agent_key = previous_agents.agent_key

),

-- A specialist is an agent of a higher tier; with a team of a higher tier it is one escalation, not two.
unioned as (

    select
        'team_tier_up' as escalation_type, spell_key as cause_key, ticket_key, started_at as escalated_at,
        previous_team_tier as from_value, team_tier as to_value, agent_key, team, team_key
    from compared
    where is_team_tier_up
    union all
    select
        'specialist_transfer' as escalation_type, spell_key as cause_key, ticket_key, started_at as escalated_at,
        previous_agent_tier as from_value, agent_tier as to_value, agent_key, team, team_key
    from compared
    where is_agent_tier_up and not is_team_tier_up
    union all
    select
        'priority_raise' as escalation_type, spell_key as cause_key, ticket_key, started_at as escalated_at,
        previous_priority as from_value, priority as to_value, agent_key, team, team_key
    from compared
    where urgency > previous_urgency
    union all
    select
        'sla_breach' as escalation_type, sla_instance_key as cause_key, ticket_key, breached_at as escalated_at,
        cast(null as {{ dbt.type_string() }}) as from_value, metric as to_value, agent_key, team, team_key
    from {{ ref('fct_sla_instances') }}
    where state = 'breached'

),

final as (

    select
        {{ surrogate_key(['unioned.escalation_type', 'unioned.cause_key']) }} as escalation_key,
        unioned.ticket_key,
        tickets.source_system,
        tickets.source_account,
        unioned.escalation_type,
        unioned.escalated_at,
        {{ reporting_day('unioned.escalated_at', 'run.reporting_time_zone') }} as escalated_on,
        unioned.from_value,
        unioned.to_value,
        unioned.agent_key,
        unioned.team,
        unioned.team_key
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key
    cross join run

)

select * from final
