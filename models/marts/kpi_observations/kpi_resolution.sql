-- Grain: one observation of one resolution-time KPI: a ticket solved, or (by created date) a ticket still waiting.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

solved as (

    select
        milestones.*, tickets.full_resolution_seconds, tickets.resolution_ex_pending_seconds,
        tickets.resolution_ex_hold_seconds, tickets.resolution_ex_pending_and_hold_seconds
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    where milestones.milestone = 'solved'

),

by_solved_date as (

    select 'average_resolution_time' as kpi_id, 'default' as variant, full_resolution_seconds as seconds, * from solved
    union all
    select 'resolution_time_ex_pending' as kpi_id, 'default' as variant, resolution_ex_pending_seconds as seconds, * from solved
    union all
    select 'resolution_time_ex_waiting' as kpi_id, 'default' as variant, resolution_ex_hold_seconds as seconds, * from solved
    union all
    select
        'resolution_time_ex_pending_and_waiting' as kpi_id,
        'default' as variant,
        resolution_ex_pending_and_hold_seconds as seconds,
        *
    from solved

),

observed as (

    select
        kpi_id, variant, 'solved' as attribution, seconds, observed_on, ticket_key, source_system, channel, team,
        agent_key, priority, ticket_type, false as is_censored, false as is_immature
    from by_solved_date
    union all
    select
        'first_resolution_time' as kpi_id, 'default' as variant, 'solved' as attribution,
        tickets.first_resolution_seconds as seconds, milestones.observed_on, milestones.ticket_key,
        milestones.source_system, milestones.channel, milestones.team, milestones.agent_key, milestones.priority,
        milestones.ticket_type, false as is_censored, false as is_immature
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    where milestones.milestone = 'first_solved'
    union all
    -- The cohort view counts who still waits, so that solving only easy tickets does not look like progress.
    select
        'average_resolution_time' as kpi_id, 'default' as variant, 'created' as attribution,
        tickets.full_resolution_seconds as seconds, milestones.observed_on, milestones.ticket_key,
        milestones.source_system, milestones.channel, milestones.team, milestones.agent_key, milestones.priority,
        milestones.ticket_type,
        tickets.solved_at is null and tickets.status not in ('solved', 'closed') as is_censored,
        not tickets.is_mature as is_immature
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    where milestones.milestone = 'created'

),

final as (

    select
        kpi_id,
        variant,
        attribution,
        'calendar' as clock,
        'distribution' as measure,
        observed_on,
        ticket_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(seconds as double) as numerator,
        case when seconds is not null then 1.0 end as denominator,
        is_censored,
        is_immature
    from observed

)

select * from final
