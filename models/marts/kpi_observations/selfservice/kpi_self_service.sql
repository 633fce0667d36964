-- Grain: one user or requester × reporting day, one help session, search or vote: an observation of one self-service KPI.
with

events as (

    select * from {{ ref('fct_knowledge_events') }}

),

sessions as (

    select * from {{ ref('fct_help_sessions') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}
    where is_countable and requester_key is not null and origin not in ('proactive_outbound', 'system')

),

help_centres as (

    select source_system, source_account, min(occurred_on) as first_used_on
    from events
    where kind in ('view', 'search')
    group by source_system, source_account

),

ticket_accounts as (

    select distinct source_system, source_account from tickets

),

-- A help centre beside the helpdesks (an account without tickets) serves the requesters of all of them.
shared_centres as (

    select min(help_centres.first_used_on) as first_used_on
    from help_centres
    left join ticket_accounts
        on help_centres.source_system = ticket_accounts.source_system
            and help_centres.source_account = ticket_accounts.source_account
    where ticket_accounts.source_account is null

),

users as (

    select distinct
        'self_service_score' as kpi_id, 'default' as variant, events.occurred_on as observed_on,
        events.user_key as subject_key, events.source_system, 'unknown' as ticket_type, 1.0 as numerator, 0.0 as denominator
    from events
    inner join help_centres
        on events.source_system = help_centres.source_system and events.source_account = help_centres.source_account
    where events.kind in ('view', 'search', 'vote_up', 'vote_down') and events.user_key is not null

),

-- Before there was a help centre nobody could choose it.
requesters as (

    select distinct
        'self_service_score' as kpi_id, 'default' as variant, tickets.created_on as observed_on,
        tickets.requester_key as subject_key, tickets.source_system, 'unknown' as ticket_type,
        0.0 as numerator, 1.0 as denominator
    from tickets
    cross join shared_centres
    left join help_centres
        on tickets.source_system = help_centres.source_system and tickets.source_account = help_centres.source_account
    where help_centres.first_used_on <= tickets.created_on or shared_centres.first_used_on <= tickets.created_on

),

deflections as (

    select 'default' as variant, * from sessions where is_matchable
    union all
    select 'with_unknown_visitors' as variant, * from sessions

),

deflected as (

    select
        'deflection_rate' as kpi_id, variant, started_on as observed_on, help_session_key as subject_key, source_system,
        'unknown' as ticket_type,
        case when is_followed_by_ticket then 0.0 when not is_followed_by_ticket then 1.0 end as numerator,
        case when is_followed_by_ticket is not null then 1.0 end as denominator
    from deflections

),

votes as (

    select
        'article_helpfulness' as kpi_id, 'default' as variant, occurred_on as observed_on,
        knowledge_event_key as subject_key, source_system, ticket_type,
        case kind when 'vote_up' then 1.0 else 0.0 end as numerator,
        1.0 as denominator
    from events
    where kind in ('vote_up', 'vote_down')

),

searches as (

    select
        'content_gap_rate' as kpi_id, 'failed_searches' as variant, occurred_on as observed_on,
        knowledge_event_key as subject_key, source_system, ticket_type,
        case result_count when 0 then 1.0 else 0.0 end as numerator,
        1.0 as denominator
    from events
    where kind = 'search' and result_count is not null

),

unioned as (

    select * from users
    union all
    select * from requesters
    union all
    select * from deflected
    union all
    select * from votes
    union all
    select * from searches

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        case kpi_id when 'self_service_score' then 'distinct_rate' else 'rate' end as measure,
        observed_on,
        subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        ticket_type,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        numerator is null as is_censored,
        numerator is null as is_immature
    from unioned

)

select * from final
