-- Grain: one solved ticket × clock × status, with the time it spent there on its way to the solve.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and solved_at is not null and new_seconds is not null

),

unioned as (

    select 'new' as variant, 'calendar' as clock, ticket_key, new_seconds as seconds from tickets
    union all
    select 'open' as variant, 'calendar' as clock, ticket_key, open_seconds as seconds from tickets
    union all
    select 'pending' as variant, 'calendar' as clock, ticket_key, pending_seconds as seconds from tickets
    union all
    select 'hold' as variant, 'calendar' as clock, ticket_key, hold_seconds as seconds from tickets
    union all
    select 'new' as variant, 'business' as clock, ticket_key, new_business_seconds as seconds
    from tickets
    where schedule_origin <> 'always_open'
    union all
    select 'open' as variant, 'business' as clock, ticket_key, open_business_seconds as seconds
    from tickets
    where schedule_origin <> 'always_open'
    union all
    select 'pending' as variant, 'business' as clock, ticket_key, pending_business_seconds as seconds
    from tickets
    where schedule_origin <> 'always_open'
    union all
    select 'hold' as variant, 'business' as clock, ticket_key, hold_business_seconds as seconds
    from tickets
    where schedule_origin <> 'always_open'

),

final as (

    select
        'time_in_status' as kpi_id,
        unioned.variant,
        'solved' as attribution,
        unioned.clock,
        'average' as measure,
        milestones.observed_on,
        unioned.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        cast(unioned.seconds as double) as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from unioned
    inner join milestones on unioned.ticket_key = milestones.ticket_key

)

select * from final
