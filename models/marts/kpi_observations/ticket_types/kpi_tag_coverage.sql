-- Grain: one ticket created, with a type or without.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'created' and is_countable

),

final as (

    select
        'tag_coverage' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'none' as clock,
        'rate' as measure,
        observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        case when ticket_type = 'unknown' then 0.0 else 1.0 end as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from milestones

)

select * from final
