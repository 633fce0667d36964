-- Grain: one phone call, in its latest version.
with

source as (

    select * from {{ source('generic', 'calls') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.call_id), '') as call_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        lower(trim(source.direction)) as direction,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        lower(trim(source.outcome)) as outcome,
        lower(nullif(trim(source.block_cause), '')) as block_cause,
        cast(nullif(trim(source.wait_seconds), '') as bigint) as wait_seconds,
        cast(nullif(trim(source.ivr_seconds), '') as bigint) as ivr_seconds,
        cast(nullif(trim(source.talk_seconds), '') as bigint) as talk_seconds,
        cast(nullif(trim(source.hold_seconds), '') as bigint) as hold_seconds,
        cast(nullif(trim(source.wrap_up_seconds), '') as bigint) as wrap_up_seconds,
        nullif(trim(source.agent_id), '') as agent_id,
        nullif(trim(source.group_id), '') as group_id,
        nullif(trim(source.customer_id), '') as customer_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'call_id']) }}

)

select * from final
