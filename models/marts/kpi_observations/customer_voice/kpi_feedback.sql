-- Grain: one observation of one KPI of asking and being told: a survey asked for, sent, answered or answered otherwise.
with

surveys as (

    select * from {{ ref('kpi_surveys') }}

),

events as (

    select
        surveys.survey_key,
        survey_events.happened_on,
        survey_events.is_new_answer,
        survey_events.is_improved,
        survey_events.is_worsened,
        surveys.source_system,
        surveys.channel,
        survey_events.team,
        survey_events.agent_key,
        surveys.priority,
        surveys.ticket_type
    from {{ ref('fct_survey_events') }} as survey_events
    inner join surveys on survey_events.survey_key = surveys.survey_key

),

-- Who has not answered yet may still: until it is expired, a survey is neither answered nor not.
response_rate as (

    select
        'csat_response_rate' as kpi_id, 'default' as variant, 'rate' as measure, sent_on as observed_on,
        case state when 'answered' then 1.0 when 'expired' then 0.0 end as value,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from surveys
    where kind = 'csat' and sent_on is not null and coalesce(is_delivered, true)

),

counted as (

    select
        'feedback_requests' as kpi_id, 'default' as variant, requested_on as observed_on,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from surveys
    where requested_on is not null
    union all
    select
        'feedback_emails_sent' as kpi_id, 'default' as variant, sent_on as observed_on,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from surveys
    where sent_on is not null and sent_by = 'email'
    union all
    select
        'feedback_emails_sent' as kpi_id, case when is_delivered then 'delivered' else 'bounced' end as variant,
        sent_on as observed_on, survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from surveys
    where sent_on is not null and sent_by = 'email' and is_delivered is not null
    union all
    select
        'feedback_received' as kpi_id, 'default' as variant, happened_on as observed_on,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from events
    where is_new_answer
    union all
    select
        'csat_changed' as kpi_id, 'default' as variant, happened_on as observed_on,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from events
    where is_improved or is_worsened
    union all
    select
        'csat_changed' as kpi_id, case when is_improved then 'bad_to_good' else 'good_to_bad' end as variant,
        happened_on as observed_on, survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from events
    where is_improved or is_worsened

),

observed as (

    select
        kpi_id, variant, measure, observed_on, value as numerator, case when value is not null then 1.0 end as denominator,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from response_rate
    union all
    select
        kpi_id, variant, 'count' as measure, observed_on, 1.0 as numerator, cast(null as double) as denominator,
        survey_key, source_system, channel, team, agent_key, priority, ticket_type
    from counted

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        measure,
        observed_on,
        survey_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        numerator is null as is_censored,
        numerator is null as is_immature
    from observed

)

select * from final
