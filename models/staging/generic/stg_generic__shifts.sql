-- Grain: one shift of an agent, in its latest version.
with

source as (

    select * from {{ source('generic', 'shifts') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.shift_id), '') as shift_id,
        nullif(trim(source.agent_id), '') as agent_id,
        {{ iso_to_utc('source.starts_at', 'accounts.time_zone') }} as starts_at,
        {{ iso_to_utc('source.ends_at', 'accounts.time_zone') }} as ends_at,
        coalesce(cast(nullif(trim(source.is_paid), '') as boolean), true) as is_paid,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'shift_id']) }}

)

select * from final
