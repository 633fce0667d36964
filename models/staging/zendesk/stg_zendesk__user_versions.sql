-- Grain: one version of a user, as it landed last.
with

source as (

    select * from {{ source('zendesk', 'users') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as user_id,
        lower(trim(role)) as role,
        coalesce(cast(nullif(trim(active), '') as boolean), true) as is_active,
        coalesce(cast(nullif(trim(suspended), '') as boolean), false) as is_suspended,
        coalesce(cast(nullif(trim(permanently_deleted), '') as boolean), false) as is_permanently_deleted,
        nullif(trim(name), '') as user_name,
        nullif(trim(email), '') as email,
        nullif(trim(locale), '') as locale,
        nullif(trim(organization_id), '') as organization_id,
        nullif(trim(default_group_id), '') as default_group_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'user_id', 'updated_at']) }}

)

select * from final
