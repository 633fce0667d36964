-- Grain: one article of any help centre.
with

unioned as (

    select
        source_system, source_account, article_id, article_title, ticket_type, published_at, author_id, is_flagged
    from {{ ref('stg_generic__articles') }}
    union all
    -- Zendesk says since when an article is there, not since when it is live, and of what types it is not.
    select
        source_system, source_account, article_id, article_title,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        case when not is_draft then created_at end as published_at,
        author_id,
        is_outdated as is_flagged
    from {{ ref('stg_zendesk__articles') }}

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'article_id']) }} as article_key,
        *
    from unioned

)

select * from final
