-- Grain: one suggestion, in its latest version.
with

source as (

    select * from {{ source('generic', 'suggestions') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.suggestion_id), '') as suggestion_id,
        {{ iso_to_utc('source.created_at', 'accounts.time_zone') }} as created_at,
        nullif(trim(source.customer_id), '') as customer_id,
        cast(nullif(trim(source.votes), '') as bigint) as votes,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'suggestion_id']) }}

)

select * from final
