-- Grain: one part of a phone call, in its latest version.
with

source as (

    select * from {{ source('generic', 'call_legs') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.leg_id), '') as call_leg_id,
        nullif(trim(source.call_id), '') as call_id,
        nullif(trim(source.agent_id), '') as agent_id,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        lower(nullif(trim(source.outcome), '')) as outcome,
        cast(nullif(trim(source.talk_seconds), '') as bigint) as talk_seconds,
        cast(nullif(trim(source.hold_seconds), '') as bigint) as hold_seconds,
        cast(nullif(trim(source.wrap_up_seconds), '') as bigint) as wrap_up_seconds,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'call_leg_id']) }}

)

select * from final
