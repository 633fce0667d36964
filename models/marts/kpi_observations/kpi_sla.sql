-- Grain: one observation of one SLA KPI: an instance that was met or breached, on the day it was.
with

instances as (

    select * from {{ ref('fct_sla_instances') }} where state in ('met', 'breached')

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

settled as (

    select
        instances.metric,
        instances.settled_on,
        instances.ticket_key,
        tickets.source_system,
        tickets.channel,
        instances.team,
        instances.agent_key,
        tickets.priority,
        tickets.ticket_type,
        case instances.state when 'met' then 1.0 else 0.0 end as met,
        case instances.state when 'breached' then 1.0 else 0.0 end as breached
    from instances
    inner join tickets on instances.ticket_key = tickets.ticket_key

),

-- All metrics together, and each of them.
by_variant as (

    select 'default' as variant, * from settled
    union all
    select metric as variant, * from settled

),

observed as (

    select 'sla_attainment_rate' as kpi_id, 'rate' as measure, met as numerator, cast(1.0 as double) as denominator, * from by_variant
    union all
    select
        'sla_breach_count' as kpi_id, 'count' as measure, breached as numerator, cast(null as double) as denominator, *
    from by_variant
    union all
    select
        'late_reply_count_by_agent' as kpi_id, 'count' as measure, breached as numerator, cast(null as double) as denominator,
        'default' as variant, *
    from settled
    where metric in ('first_reply', 'next_reply')
    union all
    select
        'late_reply_count_by_agent' as kpi_id, 'rate' as measure, breached as numerator, cast(1.0 as double) as denominator,
        'share_of_settled' as variant, *
    from settled
    where metric in ('first_reply', 'next_reply')

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        measure,
        settled_on as observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        numerator,
        denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
