-- Grain: one survey: one time at which one customer was asked, or told unasked.
with

events as (

    select * from {{ ref('fct_survey_events') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

sendings as (

    select * from {{ ref('int_survey_sendings') }}

),

-- What is known of a survey is what its latest scored answer tells, else its latest event.
ranked as (

    select
        *,
        row_number() over (
            partition by survey_key
            order by
                case event when 'answered' then 0 else 1 end,
                case when raw_score is null then 1 else 0 end,
                event_number desc
        ) as recency
    from events

),

totals as (

    select
        survey_key,
        min(case when event = 'offered' then happened_at end) as requested_at,
        min(case when event = 'answered' then happened_at end) as first_responded_at,
        sum(case when is_new_answer then 1 else 0 end) as answer_count,
        max(case when event = 'answered' and has_comment then 1 else 0 end) = 1 as has_comment
    from events
    group by survey_key

),

final as (

    select
        latest.survey_key,
        latest.source_system,
        latest.source_account,
        latest.kind,
        latest.ticket_key,
        latest.customer_key,
        latest.agent_key,
        latest.team,
        latest.team_key,
        case
            when totals.first_responded_at is not null then 'answered'
            when {{ seconds_between('coalesce(sendings.sent_at, totals.requested_at)', 'run.as_of') }} >= run.maturity_days * 86400
                then 'expired'
            when sendings.sent_at is not null then 'sent'
            else 'offered'
        end as state,
        totals.requested_at,
        {{ reporting_day('totals.requested_at', 'run.reporting_time_zone') }} as requested_on,
        sendings.sent_at,
        {{ reporting_day('sendings.sent_at', 'run.reporting_time_zone') }} as sent_on,
        sendings.sent_by,
        sendings.is_delivered,
        totals.first_responded_at,
        case when latest.event = 'answered' then latest.happened_at end as responded_at,
        case when latest.event = 'answered' then latest.happened_on end as responded_on,
        cast(totals.answer_count as bigint) as answer_count,
        totals.has_comment,
        latest.raw_score,
        latest.scale_min,
        latest.scale_max,
        latest.is_higher_better,
        latest.normalised_score,
        latest.is_satisfied,
        latest.nps_category,
        latest.ces_score,
        latest.sentiment,
        latest.solved_at,
        latest.solved_on
    from ranked as latest
    inner join totals on latest.survey_key = totals.survey_key
    cross join run
    left join sendings on latest.survey_key = sendings.survey_key and run.as_of >= sendings.sent_at
    where latest.recency = 1

)

select * from final
