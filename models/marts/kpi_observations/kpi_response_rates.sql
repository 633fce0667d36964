-- Grain: one observation of one response rate: a ticket on the day it was created, replied to in time or not, or not yet told.
with

first_responses as (

    select * from {{ ref('kpi_first_responses') }}

),

targets as (

    select * from {{ ref('dim_time_target') }} where kpi_id = 'response_within_target_rate'

),

-- Younger than T and not replied to is neither kept nor missed. A wait that ended with a solve still has until T.
within_target as (

    select
        targets.kpi_id,
        targets.variant,
        first_responses.clock,
        case
            when first_responses.response_seconds <= targets.target_seconds then 1.0
            when first_responses.response_seconds is not null
                or first_responses.waited_seconds > targets.target_seconds
                or (not first_responses.is_waiting and first_responses.age_seconds > targets.target_seconds)
                then 0.0
        end as numerator,
        first_responses.age_seconds <= targets.target_seconds as is_younger_than_target,
        first_responses.ticket_key
    from first_responses
    cross join targets

),

of_customers as (

    select
        ticket_key,
        response_seconds is null as is_unreplied,
        response_seconds is null and is_solved as is_solved_unreplied,
        is_past_maturity
    from first_responses
    where clock = 'calendar' and origin in ('customer', 'agent_on_behalf')

),

-- Solved without a reply is another matter than left lying: each has a variant, both are of all old tickets.
never_responded as (

    select 'default' as variant, is_unreplied and not is_solved_unreplied as is_counted, * from of_customers
    union all
    select 'solved_unreplied' as variant, is_solved_unreplied as is_counted, * from of_customers

),

unioned as (

    select
        kpi_id, variant, clock, ticket_key, numerator,
        numerator is null as is_censored,
        numerator is null and is_younger_than_target as is_early
    from within_target
    union all
    select
        'never_responded_rate' as kpi_id, variant, 'none' as clock, ticket_key,
        case when not is_past_maturity then null when is_counted then 1.0 else 0.0 end as numerator,
        is_unreplied and not is_past_maturity as is_censored,
        not is_past_maturity as is_early
    from never_responded

),

tickets as (

    select * from first_responses where clock = 'calendar'

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        'created' as attribution,
        unioned.clock,
        'rate' as measure,
        tickets.created_on as observed_on,
        unioned.ticket_key as subject_key,
        tickets.source_system,
        tickets.channel,
        tickets.first_team as team,
        tickets.first_agent_key as agent_key,
        tickets.priority,
        tickets.ticket_type,
        cast(unioned.numerator as double) as numerator,
        case when unioned.numerator is not null then 1.0 end as denominator,
        unioned.is_censored,
        unioned.is_early or (unioned.is_censored and not tickets.is_past_maturity) as is_immature
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key

)

select * from final
