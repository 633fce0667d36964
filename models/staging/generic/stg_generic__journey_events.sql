-- Grain: one step of a journey, once.
with

source as (

    select * from {{ source('generic', 'journey_events') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.journey_id), '') as journey_id,
        nullif(trim(source.customer_id), '') as customer_id,
        nullif(trim(source.request_kind), '') as request_kind,
        {{ iso_to_utc('source.occurred_at', 'accounts.time_zone') }} as occurred_at,
        lower(trim(source.kind)) as kind,
        nullif(trim(source.screen), '') as screen,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'journey_id', 'occurred_at', 'kind', 'screen']) }}

)

select * from final
