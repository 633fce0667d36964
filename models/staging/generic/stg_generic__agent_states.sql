-- Grain: one state of an agent in one channel, in its latest version.
with

source as (

    select * from {{ source('generic', 'agent_states') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.agent_id), '') as agent_id,
        lower(trim(source.state)) as state,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        {{ iso_to_utc('source.ended_at', 'accounts.time_zone') }} as ended_at,
        nullif(trim(source.channel), '') as channel,
        nullif(trim(source.ticket_id), '') as ticket_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'agent_id', 'channel', 'started_at']) }}

)

select * from final
