-- Grain: one event of a ticket, in its latest version.
with

source as (

    select * from {{ source('generic', 'ticket_events') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.event_id), '') as event_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        {{ iso_to_utc('source.occurred_at', 'accounts.time_zone') }} as occurred_at,
        nullif(trim(source.actor_id), '') as actor_id,
        nullif(trim(source.actor_type), '') as actor_type,
        lower(trim(source.field)) as field,
        nullif(trim(source.old_value), '') as old_value,
        nullif(trim(source.new_value), '') as new_value,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'event_id']) }}

)

select * from final
