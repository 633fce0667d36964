-- Grain: one observation of the service level of resolution: a ticket created, credited to who solved it or holds it.
with

resolved_within_target as (

    select * from {{ ref('kpi_resolution_rates') }} where kpi_id = 'resolved_within_target_rate'

),

tickets as (

    select ticket_key, team, agent_key from {{ ref('fct_tickets') }}

),

-- Who held it at its creation, mostly nobody, is not whose service it tells of.
final as (

    select
        'service_level_resolution' as kpi_id,
        resolved_within_target.variant,
        resolved_within_target.attribution,
        resolved_within_target.clock,
        resolved_within_target.measure,
        resolved_within_target.observed_on,
        resolved_within_target.subject_key,
        resolved_within_target.source_system,
        resolved_within_target.channel,
        tickets.team,
        tickets.agent_key,
        resolved_within_target.priority,
        resolved_within_target.ticket_type,
        resolved_within_target.numerator,
        resolved_within_target.denominator,
        resolved_within_target.is_censored,
        resolved_within_target.is_immature
    from resolved_within_target
    inner join tickets on resolved_within_target.subject_key = tickets.ticket_key
    where resolved_within_target.variant = 'default'

)

select * from final
