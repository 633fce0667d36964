-- Grain: one vote on an article or one of its comments, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'article_votes') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as vote_id,
        nullif(trim(user_id), '') as user_id,
        trim(item_id) as item_id,
        trim(item_type) as item_type,
        cast(trim(source.value) as bigint) as vote,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

-- As of an earlier day the version of that day counts.
known as (

    select
        renamed.*,
        coalesce(renamed.updated_at, renamed.created_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'vote_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
