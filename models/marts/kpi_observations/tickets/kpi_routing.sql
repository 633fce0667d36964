-- Grain: one observation of one KPI of routes: a ticket created (misrouted, escalated) or solved (escalated) or not.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where is_countable and milestone in ('created', 'solved')

),

tickets as (

    select ticket_key, source_system, source_account, is_misrouted, is_escalated, is_mature
    from {{ ref('fct_tickets') }}
    where is_countable

),

types as (

    select distinct ticket_key, escalation_type from {{ ref('fct_escalations') }}

),

-- Without tiers nobody is handed up, and without targets nobody is late: that is not known to be none.
told_types as (

    select source_system, source_account, 'team_tier_up' as escalation_type from {{ ref('dim_team') }} where tier is not null
    union
    select source_system, source_account, 'specialist_transfer' as escalation_type
    from {{ ref('dim_agent') }}
    where tier is not null
    union
    select source_system, source_account, 'priority_raise' as escalation_type from tickets
    union
    select source_system, source_account, 'sla_breach' as escalation_type from {{ ref('fct_sla_instances') }}

),

unioned as (

    select
        'misrouted_ticket_rate' as kpi_id, 'default' as variant, 'created' as milestone, ticket_key,
        is_misrouted as is_counted, not is_mature as is_early
    from tickets
    union all
    select
        'escalation_rate' as kpi_id, 'default' as variant, 'solved' as milestone, ticket_key,
        is_escalated as is_counted, false as is_early
    from tickets
    union all
    select
        'escalation_rate' as kpi_id, 'of_created' as variant, 'created' as milestone, ticket_key,
        is_escalated as is_counted, not is_mature as is_early
    from tickets
    union all
    select
        'escalation_rate' as kpi_id, told_types.escalation_type as variant, 'solved' as milestone, tickets.ticket_key,
        types.ticket_key is not null as is_counted, false as is_early
    from tickets
    inner join told_types
        on tickets.source_system = told_types.source_system and tickets.source_account = told_types.source_account
    left join types on tickets.ticket_key = types.ticket_key and told_types.escalation_type = types.escalation_type
    where tickets.is_escalated is not null

),

-- So far neither is neither for certain, as long as the ticket is young and unsolved.
final as (

    select
        unioned.kpi_id,
        unioned.variant,
        unioned.milestone as attribution,
        'none' as clock,
        'rate' as measure,
        milestones.observed_on,
        unioned.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        case when unioned.is_counted then 1.0 when not unioned.is_counted then 0.0 end as numerator,
        case when unioned.is_counted is not null then 1.0 end as denominator,
        unioned.is_counted is null as is_censored,
        unioned.is_early and not coalesce(unioned.is_counted, false) as is_immature
    from unioned
    inner join milestones
        on unioned.ticket_key = milestones.ticket_key and unioned.milestone = milestones.milestone

)

select * from final
