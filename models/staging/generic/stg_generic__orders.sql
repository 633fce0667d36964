-- Grain: one order, in its latest version.
with

source as (

    select * from {{ source('generic', 'orders') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.order_id), '') as order_id,
        nullif(trim(source.customer_id), '') as customer_id,
        {{ iso_to_utc('source.ordered_at', 'accounts.time_zone') }} as ordered_at,
        {{ iso_to_utc('source.confirmed_at', 'accounts.time_zone') }} as confirmed_at,
        {{ iso_to_utc('source.shipped_at', 'accounts.time_zone') }} as shipped_at,
        {{ iso_to_utc('source.delayed_at', 'accounts.time_zone') }} as delayed_at,
        {{ iso_to_utc('source.notified_at', 'accounts.time_zone') }} as notified_at,
        {{ iso_to_utc('source.first_asked_at', 'accounts.time_zone') }} as first_asked_at,
        cast(nullif(trim(source.amount), '') as decimal(18, 4)) as amount,
        upper(nullif(trim(source.currency), '')) as currency,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'order_id']) }}

)

select * from final
