-- Grain: one user, in the latest version.
with

versions as (

    select * from {{ ref('stg_zendesk__user_versions') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- As of an earlier day the version of that day counts, not what became of the user later.
known as (

    select
        source_system,
        source_account,
        user_id,
        role,
        is_active,
        is_suspended,
        is_permanently_deleted,
        user_name,
        email,
        locale,
        organization_id,
        default_group_id,
        created_at,
        updated_at,
        _loaded_at,
        _file,
        _line,
        coalesce(updated_at, created_at) <= run.as_of as is_known_as_of_run
    from versions
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'user_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
