-- Grain: one organization, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'organizations') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as organization_id,
        trim(name) as organization_name,
        nullif(trim(group_id), '') as group_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'organization_id'], ['updated_at']) }}

)

select * from final
