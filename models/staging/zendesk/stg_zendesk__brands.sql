-- Grain: one brand, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'brands') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as brand_id,
        trim(name) as brand_name,
        coalesce(cast(nullif(trim(active), '') as boolean), true) as is_active,
        coalesce(cast(nullif(trim(is_deleted), '') as boolean), false) as is_deleted,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'brand_id'], ['updated_at']) }}

)

select * from final
