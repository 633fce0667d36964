-- A survey is answered when it has answers; the scores of those that count are what the score of satisfaction divides by.
with

surveys as (

    select
        sum(case when (state = 'answered') <> (answer_count > 0) then 1 else 0 end) as odd_states,
        sum(case when state <> 'answered' and normalised_score is not null then 1 else 0 end) as unanswered_scores
    from {{ ref('fct_surveys') }}

),

scored as (

    select count(*) as answers
    from {{ ref('fct_surveys') }} as surveys
    left join {{ ref('fct_tickets') }} as tickets on surveys.ticket_key = tickets.ticket_key
    where surveys.kind = 'csat'
        and surveys.normalised_score is not null
        and (surveys.ticket_key is null or tickets.is_countable)

),

told as (

    select coalesce(sum(denominator), 0) as answers
    from {{ ref('kpi_values') }}
    where kpi_id = 'csat_score' and variant = 'default' and attribution = 'event' and slice = 'all' and period_grain = 'day'

)

select surveys.*, scored.answers, told.answers as told_answers
from surveys
cross join scored
cross join told
where surveys.odd_states > 0 or surveys.unanswered_scores > 0 or scored.answers <> told.answers
