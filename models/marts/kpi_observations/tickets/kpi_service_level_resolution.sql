-- Grain: one observation of the service level of resolution: a ticket created, credited to who solved it or holds it.
with

rates as (

    select * from {{ ref('kpi_resolution_rates') }} where kpi_id = 'resolved_within_target_rate'

),

tickets as (

    select ticket_key, team, agent_key from {{ ref('fct_tickets') }}

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
        tickets.team,
        tickets.agent_key,
        rates.priority,
        rates.ticket_type,
        rates.numerator,
        rates.denominator,
        rates.is_censored,
        rates.is_immature
    from rates
    inner join tickets on rates.subject_key = tickets.ticket_key
    where rates.variant = 'default'

)

select * from final
