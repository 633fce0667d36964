-- Grain: one observation of one quality KPI: a review, or a ticket solved that was reviewed or not.
with

reviews as (

    select * from {{ ref('fct_quality_reviews') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

reviewed_tickets as (

    select distinct ticket_key from reviews where ticket_key is not null

),

-- Where nobody reviews, nothing is known of reviews.
reviewing_accounts as (

    select distinct source_system, source_account from reviews where ticket_key is not null

),

score as (

    select
        'iqs' as kpi_id,
        'event' as attribution,
        reviews.reviewed_on as observed_on,
        reviews.review_key as subject_key,
        reviews.source_system,
        coalesce(tickets.channel, 'unknown') as channel,
        reviews.team,
        reviews.agent_key,
        tickets.priority,
        coalesce(tickets.ticket_type, 'unknown') as ticket_type,
        reviews.score as numerator,
        false as is_immature
    from reviews
    left join tickets on reviews.ticket_key = tickets.ticket_key
    where reviews.score is not null and (reviews.ticket_key is null or tickets.is_countable)

),

coverage as (

    select
        'qa_coverage' as kpi_id,
        'solved' as attribution,
        milestones.observed_on,
        milestones.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        case when reviewed_tickets.ticket_key is not null then 1.0 else 0.0 end as numerator,
        reviewed_tickets.ticket_key is null and not tickets.is_past_maturity as is_immature
    from {{ ref('kpi_ticket_milestones') }} as milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    inner join reviewing_accounts
        on tickets.source_system = reviewing_accounts.source_system
            and tickets.source_account = reviewing_accounts.source_account
    left join reviewed_tickets on milestones.ticket_key = reviewed_tickets.ticket_key
    where milestones.milestone = 'solved' and milestones.is_countable

),

unioned as (

    select * from score
    union all
    select * from coverage

),

final as (

    select
        kpi_id,
        'default' as variant,
        attribution,
        'none' as clock,
        'rate' as measure,
        observed_on,
        subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(numerator as double) as numerator,
        cast(1.0 as double) as denominator,
        false as is_censored,
        is_immature
    from unioned

)

select * from final
