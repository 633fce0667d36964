-- Grain: one observation of one hand-off KPI: a ticket solved, with the hand-offs it took.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

observed as (

    select 'assignee_changes' as variant, tickets.assignee_change_count as changes, milestones.*
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    union all
    select 'team_changes' as variant, tickets.team_change_count as changes, milestones.*
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key

),

final as (

    select
        'transfer_count' as kpi_id,
        variant,
        'solved' as attribution,
        'none' as clock,
        'average' as measure,
        observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(changes as double) as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
