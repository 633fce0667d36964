-- Grain: one stretch of time in which the role of a Zendesk user stayed the same.
with

versions as (

    select
        *,
        coalesce(updated_at, created_at) as version_at
    from {{ ref('stg_zendesk__user_versions') }}

),

compared as (

    select
        *,
        lag(role) over (
            partition by source_account, user_id order by version_at nulls first, _loaded_at, _file, _line
        ) as previous_role,
        row_number() over (
            partition by source_account, user_id order by version_at nulls first, _loaded_at, _file, _line
        ) as version_number
    from versions

),

changed as (

    select * from compared where version_number = 1 or previous_role <> role

),

-- What somebody was before the first version is not known: the same, as far as can be told.
final as (

    select
        source_system,
        source_account,
        user_id,
        role,
        role in ('agent', 'admin') as is_agent,
        case when version_number > 1 then version_at end as valid_from_at,
        lead(version_at) over (partition by source_account, user_id order by version_number) as valid_until_at
    from changed

)

select * from final
