-- Grain: one article of a help centre.
with

articles as (

    select * from {{ ref('int_articles') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        articles.article_key,
        articles.source_system,
        articles.source_account,
        articles.article_title,
        coalesce(articles.ticket_type, 'unknown') as ticket_type,
        case when articles.published_at <= run.as_of then articles.published_at end as published_at,
        case
            when articles.published_at <= run.as_of
                then {{ reporting_day('articles.published_at', 'run.reporting_time_zone') }}
        end as published_on,
        coalesce(articles.published_at <= run.as_of, false) as is_live,
        coalesce(articles.is_flagged, false) as is_flagged,
        agents.agent_key as author_agent_key
    from articles
    cross join run
    left join agents
        on articles.source_system = agents.source_system
            and articles.source_account = agents.source_account
            and articles.author_id = agents.agent_id

)

select * from final
