-- Grain: one edit of an article's text that any delivery tells of; the article itself tells only the last.
with

source as (

    select * from {{ source('zendesk', 'articles') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as article_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('edited_at', "'UTC'") }} as edited_at
    from source

),

final as (

    select distinct source_system, source_account, article_id, edited_at
    from renamed
    where edited_at > created_at

)

select * from final
