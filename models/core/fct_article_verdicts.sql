-- Grain: one article × day on which it was last reviewed or flagged, from its publication on.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

articles as (

    select articles.*
    from {{ ref('int_articles') }} as articles
    cross join run
    where articles.published_at <= run.as_of

),

events as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'article_id']) }} as article_key, occurred_at, kind
    from {{ ref('int_knowledge_events') }}

),

reviews as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'article_id']) }} as article_key, reviewed_at
    from {{ ref('stg_generic__article_reviews') }}

),

-- Who publishes or changes an article has read it.
reviewed as (

    select article_key, published_at as verdict_at from articles
    union all
    select article_key, occurred_at as verdict_at from events where kind in ('create', 'update')
    union all
    select reviews.article_key, reviews.reviewed_at as verdict_at from reviews cross join run where reviews.reviewed_at <= run.as_of

),

last_reviews as (

    select articles.article_key, articles.is_flagged, max(reviewed.verdict_at) as last_reviewed_at
    from articles
    inner join reviewed on articles.article_key = reviewed.article_key
    group by articles.article_key, articles.is_flagged

),

-- What the article itself says of today wins: a flag taken back without a review never was one.
flagged as (

    select events.article_key, events.occurred_at as verdict_at
    from events
    inner join last_reviews on events.article_key = last_reviews.article_key
    where events.kind = 'flag'
        and (events.occurred_at <= last_reviews.last_reviewed_at or coalesce(last_reviews.is_flagged, true))

),

-- A flag of which no event tells is as old as the last review: from then on nobody can say that it was right.
unlogged_flags as (

    select last_reviews.article_key, last_reviews.last_reviewed_at as verdict_at
    from last_reviews
    left join flagged
        on last_reviews.article_key = flagged.article_key and last_reviews.last_reviewed_at < flagged.verdict_at
    where last_reviews.is_flagged and flagged.article_key is null

),

told as (

    select article_key, verdict_at, 'reviewed' as verdict, 0 as verdict_order from reviewed
    union all
    select article_key, verdict_at, 'flagged' as verdict, 1 as verdict_order from flagged
    union all
    select article_key, verdict_at, 'flagged' as verdict, 1 as verdict_order from unlogged_flags

),

daily as (

    select
        articles.article_key,
        articles.source_system,
        told.verdict,
        {{ reporting_day('told.verdict_at', 'run.reporting_time_zone') }} as verdict_on,
        row_number() over (
            partition by articles.article_key, {{ reporting_day('told.verdict_at', 'run.reporting_time_zone') }}
            order by told.verdict_at desc, told.verdict_order desc
        ) as recency
    from told
    inner join articles on told.article_key = articles.article_key and told.verdict_at >= articles.published_at
    cross join run

),

final as (

    select
        {{ surrogate_key(['article_key', 'verdict_on']) }} as article_verdict_key,
        article_key,
        source_system,
        verdict_on,
        verdict,
        lead(verdict_on) over (partition by article_key order by verdict_on) as next_verdict_on
    from daily
    where recency = 1

)

select * from final
