-- Grain: one category of one quality review, in its latest version.
with

source as (

    select * from {{ source('generic', 'quality_reviews') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.review_id), '') as review_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        nullif(trim(source.agent_id), '') as agent_id,
        nullif(trim(source.reviewer_id), '') as reviewer_id,
        {{ iso_to_utc('source.reviewed_at', 'accounts.time_zone') }} as reviewed_at,
        nullif(trim(source.category), '') as category,
        coalesce(cast(nullif(trim(source.weight), '') as double), 1) as weight,
        coalesce(cast(nullif(trim(source.is_critical), '') as boolean), false) as is_critical,
        cast(nullif(trim(source.score), '') as double) as score,
        cast(nullif(trim(source.scale_min), '') as double) as scale_min,
        cast(nullif(trim(source.scale_max), '') as double) as scale_max,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'review_id', 'category']) }}

)

select * from final
