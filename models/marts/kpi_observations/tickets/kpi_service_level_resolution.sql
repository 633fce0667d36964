-- Grain: one observation of the service level of resolution: a ticket created, credited to who solved it or holds it.
with

rates as (

    select * from {{ ref('kpi_resolution_rates') }} where kpi_id = 'resolved_within_target_rate'

),

tickets as (

    select ticket_key, team, agent_key from {{ ref('fct_tickets') }}

),

solves as (

    select ticket_key, team, agent_key from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved'

),

-- Who holds a solved ticket now may have got it after the solve.
credited as (

    select
        tickets.ticket_key,
        case when solves.ticket_key is null then tickets.team else solves.team end as team,
        case when solves.ticket_key is null then tickets.agent_key else solves.agent_key end as agent_key
    from tickets
    left join solves on tickets.ticket_key = solves.ticket_key

),

-- Who held it at its creation, mostly nobody, is not whose service it tells of.
final as (

    select
        'service_level_resolution' as kpi_id,
        rates.variant,
        rates.attribution,
        rates.clock,
        rates.measure,
        rates.observed_on,
        rates.subject_key,
        rates.source_system,
        rates.channel,
        credited.team,
        credited.agent_key,
        rates.priority,
        rates.ticket_type,
        rates.numerator,
        rates.denominator,
        rates.is_censored,
        rates.is_immature
    from rates
    inner join credited on rates.subject_key = credited.ticket_key
    where rates.variant = 'default'

)

select * from final
