-- Grain: one time entry, in its latest version.
with

source as (

    select * from {{ source('generic', 'time_entries') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.entry_id), '') as entry_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        nullif(trim(source.agent_id), '') as agent_id,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        cast(nullif(trim(source.seconds), '') as bigint) as seconds,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'entry_id']) }}

)

select * from final
