-- Grain: one event of a help centre: a search, a view, a vote, or an article written, changed, linked or flagged.
with

events as (

    select * from {{ ref('int_knowledge_events') }}

),

sessions as (

    select * from {{ ref('int_help_session_events') }}

),

articles as (

    select * from {{ ref('int_articles') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

tickets as (

    select ticket_key from {{ ref('int_tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        events.knowledge_event_key,
        events.source_system,
        events.source_account,
        events.occurred_at,
        {{ reporting_day('events.occurred_at', 'run.reporting_time_zone') }} as occurred_on,
        events.kind,
        articles.article_key,
        coalesce(articles.ticket_type, 'unknown') as ticket_type,
        tickets.ticket_key,
        events.visitor_key,
        events.customer_key,
        events.user_key,
        sessions.help_session_key,
        agents.agent_key,
        teams.team,
        teams.team_key,
        events.result_count
    from events
    cross join run
    left join sessions on events.knowledge_event_key = sessions.knowledge_event_key
    left join articles
        on events.source_system = articles.source_system
            and events.source_account = articles.source_account
            and events.article_id = articles.article_id
    left join tickets on events.ticket_key = tickets.ticket_key
    left join agents
        on events.source_system = agents.source_system
            and events.source_account = agents.source_account
            and events.agent_id = agents.agent_id
    left join teams
        on agents.source_system = teams.source_system
            and agents.source_account = teams.source_account
            and agents.home_team_id = teams.team_id

)

select * from final
