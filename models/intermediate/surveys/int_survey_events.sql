-- Grain: one event of a survey of any helpdesk, its answer measured on one scale (E20).
with

unioned as (

    select
        *,
        cast(null as {{ dbt.type_string() }}) as told_team_id
    from {{ ref('int_generic__survey_events') }}
    union all
    select * from {{ ref('int_zendesk__numbered_survey_events') }}

),

-- Where a high score is a bad one the scale is turned round. What lies outside its scale tells nothing.
aligned as (

    select
        *,
        case when is_higher_better then raw_score else scale_min + scale_max - raw_score end as score_upwards
    from unioned

),

measured as (

    select
        *,
        case
            when scale_min < scale_max and raw_score between scale_min and scale_max
                then (score_upwards - scale_min) / (scale_max - scale_min)
        end as normalised_score
    from aligned

),

-- Recommending is asked from 0 (or 1) to 10 and effort from 1 to 7; other scales are stretched to these.
converted as (

    select
        *,
        case
            when kind = 'nps' and normalised_score is not null
                then case when scale_max = 10 and scale_min in (0, 1) then score_upwards else 10 * normalised_score end
        end as nps_score,
        case
            when kind = 'ces' and normalised_score is not null
                then 1 + 6 * (score_upwards - scale_min) / (scale_max - scale_min)
        end as ces_score,
        -- The upper two of five, of two the better one.
        case when kind = 'csat' then normalised_score >= 0.75 end as is_satisfied
    from measured

),

final as (

    select
        survey_event_key,
        survey_key,
        ticket_key,
        customer_key,
        source_system,
        source_account,
        kind,
        event_id,
        happened_at,
        event,
        case when event = 'answered' then raw_score end as raw_score,
        scale_min,
        scale_max,
        is_higher_better,
        normalised_score,
        is_satisfied,
        case when is_satisfied then 'good' when not is_satisfied then 'bad' end as score,
        case when nps_score >= 9 then 'promoter' when nps_score > 6 then 'passive' when nps_score <= 6 then 'detractor' end
            as nps_category,
        ces_score,
        case
            when is_satisfied or nps_score >= 9 or ces_score >= 5 then 'positive'
            when (kind = 'csat' and normalised_score <= 0.25) or nps_score <= 6 or ces_score <= 3 then 'negative'
            when normalised_score is not null then 'neutral'
        end as sentiment,
        has_comment,
        told_assignee_id,
        told_team_id
    from converted

)

select * from final
