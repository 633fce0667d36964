-- Grain: one event of a Zendesk help centre: an article written, an edit of it, a vote on it.
with

articles as (

    select * from {{ ref('stg_zendesk__articles') }}

),

edits as (

    select * from {{ ref('stg_zendesk__article_edits') }}

),

votes as (

    select * from {{ ref('stg_zendesk__article_votes') }} where item_type = 'Article' and vote <> 0

),

unioned as (

    select
        {{ surrogate_key(['source_system', 'source_account', "'create'", 'article_id']) }} as knowledge_event_key,
        source_system, source_account, created_at as occurred_at, 'create' as kind, article_id,
        cast(null as {{ dbt.type_string() }}) as customer_id, author_id as agent_id
    from articles
    union all
    -- Who edited it is not told: the author may be somebody else.
    select
        {{ surrogate_key(['source_system', 'source_account', "'update'", 'article_id', 'edited_at']) }} as knowledge_event_key,
        source_system, source_account, edited_at as occurred_at, 'update' as kind, article_id,
        cast(null as {{ dbt.type_string() }}) as customer_id, cast(null as {{ dbt.type_string() }}) as agent_id
    from edits
    union all
    select
        {{ surrogate_key(['source_system', 'source_account', "'vote'", 'vote_id']) }} as knowledge_event_key,
        source_system, source_account, created_at as occurred_at,
        case when vote > 0 then 'vote_up' else 'vote_down' end as kind,
        item_id as article_id, user_id as customer_id, cast(null as {{ dbt.type_string() }}) as agent_id
    from votes

),

final as (

    select
        *,
        cast(null as bigint) as result_count,
        cast(null as {{ dbt.type_string() }}) as visitor_id,
        cast(null as {{ dbt.type_string() }}) as ticket_id
    from unioned

)

select * from final
