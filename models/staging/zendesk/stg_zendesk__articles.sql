-- Grain: one article of the help center, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'articles') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as article_id,
        nullif(trim(title), '') as article_title,
        nullif(trim(section_id), '') as section_id,
        nullif(trim(author_id), '') as author_id,
        nullif(trim(locale), '') as locale,
        coalesce(cast(nullif(trim(draft), '') as boolean), false) as is_draft,
        coalesce(cast(nullif(trim(outdated), '') as boolean), false) as is_outdated,
        cast(nullif(trim(vote_sum), '') as bigint) as vote_sum,
        cast(nullif(trim(vote_count), '') as bigint) as vote_count,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('edited_at', "'UTC'") }} as edited_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'article_id'], ['updated_at']) }}

)

select * from final
