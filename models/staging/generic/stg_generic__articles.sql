-- Grain: one article, in its latest version.
with

source as (

    select * from {{ source('generic', 'articles') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.article_id), '') as article_id,
        nullif(trim(source.title), '') as article_title,
        nullif(trim(source.ticket_type), '') as ticket_type,
        {{ iso_to_utc('source.published_at', 'accounts.time_zone') }} as published_at,
        {{ iso_to_utc('source.reviewed_at', 'accounts.time_zone') }} as reviewed_at,
        cast(nullif(trim(source.is_flagged), '') as boolean) as is_flagged,
        nullif(trim(source.author_id), '') as author_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'article_id']) }}

)

select * from final
