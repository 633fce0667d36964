-- Grain: one survey, answered or not, one internal quality review, or one suggestion.
with

judged as (

    select
        surveys.*,
        days.quarter_start,
        surveys.nps_category is not null and (surveys.ticket_key is null or tickets.is_countable) as has_nps
    from {{ ref('fct_surveys') }} as surveys
    left join {{ ref('dim_date') }} as days on surveys.responded_on = days.date_day
    left join {{ ref('fct_tickets') }} as tickets on surveys.ticket_key = tickets.ticket_key

),

-- The net promoter score takes a customer's latest answer of a quarter.
ranked as (

    select
        *,
        row_number() over (
            partition by has_nps, coalesce(customer_key, survey_key), quarter_start
            order by responded_at desc nulls last, survey_key desc
        ) as recency
    from judged

),

surveys as (

    select *, case when has_nps then recency = 1 end as is_counted_in_nps from ranked

),

voices as (

    select
        survey_key as voice_key, kind, source_system, source_account, ticket_key, customer_key, agent_key, team, state,
        requested_on as asked_on, sent_by, responded_at as told_at, responded_on as told_on, solved_on,
        {{ hours(seconds_between('coalesce(sent_at, requested_at)', 'first_responded_at')) }} as hours_until_answer,
        answer_count, has_comment, raw_score, scale_min, scale_max, normalised_score, is_satisfied, nps_category,
        is_counted_in_nps, ces_score, sentiment, cast(null as double) as quality_score, cast(null as bigint) as vote_count
    from surveys
    union all
    select
        review_key as voice_key, 'quality_review' as kind, source_system, source_account, ticket_key,
        cast(null as {{ dbt.type_string() }}) as customer_key, agent_key, team, 'answered' as state,
        cast(null as date) as asked_on, cast(null as {{ dbt.type_string() }}) as sent_by, reviewed_at as told_at,
        reviewed_on as told_on, cast(null as date) as solved_on, cast(null as double) as hours_until_answer,
        cast(1 as bigint) as answer_count, false as has_comment, cast(null as double) as raw_score,
        cast(null as double) as scale_min, cast(null as double) as scale_max, cast(null as double) as normalised_score,
        cast(null as boolean) as is_satisfied, cast(null as {{ dbt.type_string() }}) as nps_category,
        cast(null as boolean) as is_counted_in_nps, cast(null as double) as ces_score,
        cast(null as {{ dbt.type_string() }}) as sentiment, score as quality_score, cast(null as bigint) as vote_count
    from {{ ref('fct_quality_reviews') }}
    union all
    select
        suggestion_key as voice_key, 'suggestion' as kind, source_system, source_account,
        cast(null as {{ dbt.type_string() }}) as ticket_key, customer_key, cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as team, 'answered' as state, cast(null as date) as asked_on,
        cast(null as {{ dbt.type_string() }}) as sent_by, created_at as told_at, created_on as told_on,
        cast(null as date) as solved_on, cast(null as double) as hours_until_answer, cast(1 as bigint) as answer_count,
        true as has_comment, cast(null as double) as raw_score, cast(null as double) as scale_min,
        cast(null as double) as scale_max, cast(null as double) as normalised_score, cast(null as boolean) as is_satisfied,
        cast(null as {{ dbt.type_string() }}) as nps_category, cast(null as boolean) as is_counted_in_nps,
        cast(null as double) as ces_score, cast(null as {{ dbt.type_string() }}) as sentiment,
        cast(null as double) as quality_score, vote_count
    from {{ ref('fct_suggestions') }}

),

final as (

    select
        voices.voice_key,
        voices.kind,
        voices.source_system,
        voices.source_account,
        voices.ticket_key is null or tickets.is_countable as is_countable,
        voices.state,
        voices.ticket_key,
        tickets.ticket_id,
        tickets.ticket_type,
        tickets.priority,
        tickets.channel,
        voices.customer_key,
        voices.team,
        voices.agent_key,
        agents.agent_name,
        voices.asked_on,
        voices.sent_by,
        voices.told_at,
        voices.told_on,
        days.month_start as told_month,
        voices.solved_on,
        voices.hours_until_answer,
        voices.answer_count,
        voices.has_comment,
        voices.raw_score,
        voices.scale_min,
        voices.scale_max,
        voices.normalised_score,
        voices.is_satisfied,
        voices.nps_category,
        cast(case voices.nps_category when 'promoter' then 100 when 'passive' then 0 when 'detractor' then -100 end as bigint)
            as nps_points,
        voices.is_counted_in_nps,
        voices.ces_score,
        voices.quality_score,
        voices.sentiment,
        voices.vote_count,
        tickets.full_resolution_seconds,
        {{ hours('tickets.full_resolution_seconds') }} as full_resolution_hours
    from voices
    left join {{ ref('fct_tickets') }} as tickets on voices.ticket_key = tickets.ticket_key
    left join {{ ref('dim_date') }} as days on voices.told_on = days.date_day
    left join {{ ref('dim_agent') }} as agents on voices.agent_key = agents.agent_key

)

select * from final
