-- Grain: one observation of one volume KPI: a ticket created, solved or reopened.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }}

),

created as (

    select
        'tickets_created' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'count' as measure,
        1.0 as numerator,
        cast(null as double) as denominator,
        milestones.*
    from milestones
    where milestone = 'created' and is_countable

),

-- What a machine made is work like any other, and no customer's request.
invalid as (

    select
        'invalid_ticket_rate' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'rate' as measure,
        case when is_countable and coalesce(origin, 'customer') <> 'system' then 0.0 else 1.0 end as numerator,
        1.0 as denominator,
        milestones.*
    from milestones
    where milestone = 'created'

),

solved as (

    select
        'tickets_solved' as kpi_id,
        case milestone when 'solved' then 'default' when 'first_solved' then 'first_solve' else 'solve_events' end as variant,
        case milestone when 'solve_event' then 'event' else 'solved' end as attribution,
        'count' as measure,
        1.0 as numerator,
        cast(null as double) as denominator,
        milestones.*
    from milestones
    where milestone in ('solved', 'first_solved', 'solve_event') and is_countable

),

-- A ticket whose solve no event tells came and went unseen: it is in no backlog, so it is no inflow either.
net_flow as (

    select
        'net_ticket_flow' as kpi_id,
        'default' as variant,
        'event' as attribution,
        'count' as measure,
        case milestone when 'solve_event' then -1.0 else 1.0 end as numerator,
        cast(null as double) as denominator,
        milestones.*
    from milestones
    where milestone in ('created', 'reopen_event', 'solve_event') and is_countable and not is_solve_unknown

),

unioned as (

    select * from created
    union all
    select * from invalid
    union all
    select * from solved
    union all
    select * from net_flow

),

final as (

    select
        kpi_id,
        variant,
        attribution,
        'none' as clock,
        measure,
        observed_on,
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
    from unioned

)

select * from final
