-- Grain: one observation of the flow of resolution: an assignment on the day it began, or on the day it was solved.
with

assignments as (

    select * from {{ ref('kpi_assignments') }}

),

observed as (

    select assigned_on as observed_on, 0.0 as numerator, 1.0 as denominator, assignments.* from assignments
    union all
    select solved_on as observed_on, 1.0 as numerator, 0.0 as denominator, assignments.*
    from assignments
    where solved_on is not null

),

final as (

    select
        'resolution_rate' as kpi_id,
        'flow' as variant,
        'event' as attribution,
        'none' as clock,
        'rate' as measure,
        observed_on,
        assignment_key as subject_key,
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
