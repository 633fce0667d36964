-- Grain: one organization, in its latest version.
with

source as (

    select * from {{ source('generic', 'organizations') }}

),

renamed as (

    select
        'generic' as source_system,
        _account as source_account,
        nullif(trim(organization_id), '') as organization_id,
        nullif(trim(name), '') as organization_name,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'organization_id']) }}

)

select * from final
