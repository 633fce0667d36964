-- Grain: one customer, in its latest version.
with

source as (

    select * from {{ source('generic', 'customers') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.customer_id), '') as customer_id,
        nullif(trim(source.name), '') as customer_name,
        nullif(trim(source.email), '') as email,
        nullif(trim(source.organization_id), '') as organization_id,
        nullif(trim(source.language), '') as language,
        {{ iso_to_utc('source.created_at', 'accounts.time_zone') }} as created_at,
        nullif(trim(source.acquisition_source), '') as acquisition_source,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'customer_id']) }}

)

select * from final
