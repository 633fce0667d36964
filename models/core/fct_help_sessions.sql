-- Grain: one session in which a user searched or read the help centre.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, source_system, source_account, requester_key, created_at
    from {{ ref('fct_tickets') }}
    where is_countable and origin not in ('proactive_outbound', 'system')

),

ticket_accounts as (

    select distinct source_system, source_account from tickets

),

sessions as (

    select
        help_session_key,
        source_system,
        source_account,
        user_key,
        customer_key,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        sum(case when kind = 'view' then 1 else 0 end) as view_count,
        sum(case when kind = 'search' then 1 else 0 end) as search_count,
        sum(case when kind = 'search' and result_count = 0 then 1 else 0 end) as failed_search_count
    from {{ ref('int_help_session_events') }}
    group by help_session_key, source_system, source_account, user_key, customer_key

),

-- The event may name the ticket that came of it; else it is the user's next one within a day.
told as (

    select distinct session_events.help_session_key
    from {{ ref('int_help_session_events') }} as session_events
    inner join tickets on session_events.ticket_key = tickets.ticket_key

),

followed as (

    select distinct sessions.help_session_key
    from sessions
    inner join tickets
        on sessions.customer_key = tickets.requester_key
            and sessions.started_at <= tickets.created_at
            and tickets.created_at <= {{ seconds_after('sessions.ended_at', '86400') }}

),

final as (

    select
        sessions.help_session_key,
        sessions.source_system,
        sessions.source_account,
        sessions.user_key,
        sessions.customer_key,
        sessions.started_at,
        sessions.ended_at,
        {{ reporting_day('sessions.started_at', 'run.reporting_time_zone') }} as started_on,
        cast(sessions.view_count as bigint) as view_count,
        cast(sessions.search_count as bigint) as search_count,
        cast(sessions.failed_search_count as bigint) as failed_search_count,
        told.help_session_key is not null
        or (sessions.customer_key is not null and ticket_accounts.source_account is not null) as is_matchable,
        case
            when told.help_session_key is not null or followed.help_session_key is not null then true
            when run.as_of >= {{ seconds_after('sessions.ended_at', '86400') }} then false
        end as is_followed_by_ticket
    from sessions
    cross join run
    left join told on sessions.help_session_key = told.help_session_key
    left join followed on sessions.help_session_key = followed.help_session_key
    left join ticket_accounts
        on sessions.source_system = ticket_accounts.source_system
            and sessions.source_account = ticket_accounts.source_account

)

select * from final
