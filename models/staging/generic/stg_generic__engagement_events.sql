-- Grain: one thing a customer did, in the version that landed last.
with

source as (

    select * from {{ source('generic', 'engagement_events') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.event_id), '') as event_id,
        nullif(trim(source.customer_id), '') as customer_id,
        {{ iso_to_utc('source.occurred_at', 'accounts.time_zone') }} as occurred_at,
        lower(nullif(trim(source.kind), '')) as kind,
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
