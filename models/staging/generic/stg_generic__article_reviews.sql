-- Grain: one review of an article that any delivery tells of; the article itself tells only the last.
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
        {{ iso_to_utc('source.reviewed_at', 'accounts.time_zone') }} as reviewed_at
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    select distinct * from renamed where reviewed_at is not null

)

select * from final
