-- Grain: one subscription of a customer, in its latest version.
with

source as (

    select * from {{ source('generic', 'subscriptions') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.customer_id), '') as customer_id,
        {{ iso_to_utc('source.started_at', 'accounts.time_zone') }} as started_at,
        {{ iso_to_utc('source.ended_at', 'accounts.time_zone') }} as ended_at,
        cast(nullif(trim(source.monthly_revenue), '') as decimal(18, 4)) as monthly_revenue,
        upper(nullif(trim(source.currency), '')) as currency,
        cast(nullif(trim(source.margin_rate), '') as decimal(9, 6)) as margin_rate,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'customer_id', 'started_at']) }}

)

select * from final
