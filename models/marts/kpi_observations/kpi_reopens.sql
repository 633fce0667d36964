-- Grain: one observation of one reopen KPI: a solve or a reopen, each when it happens.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }}
    where milestone in ('solve_event', 'reopen_event') and is_countable

),

observed as (

    select 'default' as variant, 'distinct_rate' as measure, * from milestones
    union all
    select 'reopens_per_solve' as variant, 'rate' as measure, * from milestones

),

final as (

    select
        'reopen_rate' as kpi_id,
        variant,
        'event' as attribution,
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
        case milestone when 'reopen_event' then 1.0 else 0.0 end as numerator,
        case milestone when 'solve_event' then 1.0 else 0.0 end as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
