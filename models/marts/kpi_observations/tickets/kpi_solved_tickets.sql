-- Grain: one observation of one KPI of solved tickets: what it took, and who solved it.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and solved_at is not null

),

-- Known to have come again counts at once, not to have come only when the days are over.
unioned as (

    select
        'self_solved_rate' as kpi_id, 'default' as variant, 'rate' as measure, ticket_key,
        case when solved_by in ('customer', 'bot') then 1.0 else 0.0 end as numerator, false as is_early
    from tickets
    where solved_by is not null
    union all
    select
        'repeat_contact_rate' as kpi_id, 'default' as variant, 'rate' as measure, ticket_key,
        case when has_repeat_contact then 1.0 when not has_repeat_contact then 0.0 end as numerator,
        has_repeat_contact is null as is_early
    from tickets
    where requester_key is not null and origin <> 'proactive_outbound'
    union all
    select
        'work_per_interaction' as kpi_id, 'touches' as variant, 'average' as measure, ticket_key,
        agent_reply_count + internal_note_count as numerator, false as is_early
    from tickets
    where agent_reply_count is not null
    union all
    select
        'work_per_interaction' as kpi_id, 'messages' as variant, 'average' as measure, ticket_key,
        agent_reply_count + customer_message_count as numerator, false as is_early
    from tickets
    where agent_reply_count is not null
    union all
    select
        'work_per_interaction' as kpi_id, 'distinct_agents' as variant, 'average' as measure, ticket_key,
        agent_count as numerator, false as is_early
    from tickets

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        'solved' as attribution,
        'none' as clock,
        unioned.measure,
        milestones.observed_on,
        unioned.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        cast(unioned.numerator as double) as numerator,
        case when unioned.numerator is not null then 1.0 end as denominator,
        unioned.numerator is null as is_censored,
        unioned.is_early as is_immature
    from unioned
    inner join milestones on unioned.ticket_key = milestones.ticket_key

)

select * from final
