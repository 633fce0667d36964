-- Grain: one observation of one score of satisfaction or effort: the latest answer to one survey.
with

surveys as (

    select * from {{ ref('kpi_surveys') }}

),

-- By the solve it is about a survey that may still be answered is waited for; unanswered for good, it is in no score,
-- and so is one that never arrived.
satisfaction as (

    select 'event' as attribution, responded_on as observed_on, *
    from surveys
    where kind = 'csat' and normalised_score is not null
    union all
    select 'solved' as attribution, solved_on as observed_on, *
    from surveys
    where kind = 'csat' and solved_on is not null
        and (normalised_score is not null or (state in ('offered', 'sent') and coalesce(is_delivered, true)))

),

scored as (

    select 'event' as attribution, responded_on as observed_on, * from surveys where normalised_score is not null

),

observed as (

    select
        'csat_score' as kpi_id, 'default' as variant, 'rate' as measure,
        case when is_satisfied then 1.0 when not is_satisfied then 0.0 end as value, *
    from satisfaction
    union all
    select 'csat_score' as kpi_id, 'mean_score' as variant, 'average' as measure, normalised_score as value, *
    from satisfaction
    union all
    -- Good and bad are no stars.
    select
        'five_star_share' as kpi_id, 'default' as variant, 'rate' as measure,
        case when normalised_score = 1 then 1.0 else 0.0 end as value, *
    from scored
    where kind = 'csat' and scale_max - scale_min > 1
    union all
    select
        'positive_feedback_share' as kpi_id, 'default' as variant, 'rate' as measure,
        case sentiment when 'positive' then 1.0 else 0.0 end as value, *
    from scored
    union all
    select
        'positive_feedback_share' as kpi_id, 'negative' as variant, 'rate' as measure,
        case sentiment when 'negative' then 1.0 else 0.0 end as value, *
    from scored
    union all
    select
        'positive_feedback_share' as kpi_id, 'with_comment' as variant, 'rate' as measure,
        case when has_comment then 1.0 else 0.0 end as value, *
    from scored
    union all
    select 'ces' as kpi_id, 'default' as variant, 'score' as measure, ces_score as value, *
    from scored
    where kind = 'ces'
    union all
    select
        'ces' as kpi_id, 'five_or_more' as variant, 'rate' as measure,
        case when ces_score >= 5 then 1.0 else 0.0 end as value, *
    from scored
    where kind = 'ces'

),

final as (

    select
        kpi_id,
        variant,
        attribution,
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
        cast(value as double) as numerator,
        cast(case when value is not null then 1.0 end as double) as denominator,
        value is null as is_censored,
        value is null as is_immature
    from observed

)

select * from final
