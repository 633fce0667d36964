-- Grain: one survey that counts: about no ticket, or about one that counts.
with

surveys as (

    select * from {{ ref('fct_surveys') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

final as (

    select
        surveys.survey_key,
        coalesce(surveys.customer_key, surveys.survey_key) as answering_key,
        surveys.kind,
        surveys.state,
        surveys.requested_on,
        surveys.sent_on,
        surveys.sent_by,
        surveys.is_delivered,
        surveys.responded_on,
        surveys.solved_on,
        surveys.responded_at,
        surveys.has_comment,
        surveys.scale_min,
        surveys.scale_max,
        surveys.normalised_score,
        surveys.is_satisfied,
        surveys.nps_category,
        surveys.ces_score,
        surveys.sentiment,
        surveys.source_system,
        coalesce(tickets.channel, 'unknown') as channel,
        surveys.team,
        surveys.agent_key,
        tickets.priority,
        coalesce(tickets.ticket_type, 'unknown') as ticket_type
    from surveys
    left join tickets on surveys.ticket_key = tickets.ticket_key
    where surveys.ticket_key is null or tickets.is_countable

)

select * from final
