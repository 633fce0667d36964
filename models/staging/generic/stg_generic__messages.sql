-- Grain: one message, in its latest version.
with

source as (

    select * from {{ source('generic', 'messages') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.message_id), '') as message_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        {{ iso_to_utc('source.sent_at', 'accounts.time_zone') }} as sent_at,
        nullif(trim(source.author_id), '') as author_id,
        nullif(trim(source.author_type), '') as author_type,
        coalesce(cast(nullif(trim(source.is_public), '') as boolean), true) as is_public,
        coalesce(cast(nullif(trim(source.is_automated), '') as boolean), false) as is_automated,
        coalesce(cast(nullif(trim(source.is_description), '') as boolean), false) as is_description,
        nullif(trim(source.channel), '') as channel,
        nullif(trim(source.session_id), '') as session_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'message_id']) }}

)

select * from final
