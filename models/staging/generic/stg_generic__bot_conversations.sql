-- Grain: one conversation with a bot, in its latest version.
with

source as (

    select * from {{ source('generic', 'bot_conversations') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.conversation_id), '') as conversation_id,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        nullif(trim(source.customer_id), '') as customer_id,
        lower(trim(source.outcome)) as outcome,
        nullif(trim(source.ticket_id), '') as ticket_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'conversation_id']) }}

)

select * from final
