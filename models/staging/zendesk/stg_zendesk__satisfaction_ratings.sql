-- Grain: one satisfaction rating, in its latest version.
with

versions as (

    select * from {{ ref('stg_zendesk__satisfaction_rating_versions') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- As of an earlier day the version of that day counts.
known as (

    select
        versions.source_system,
        versions.source_account,
        versions.rating_id,
        versions.ticket_id,
        versions.requester_id,
        versions.assignee_id,
        versions.group_id,
        versions.score,
        versions.reason,
        versions.reason_id,
        versions.has_comment,
        versions.created_at,
        versions.updated_at,
        versions._loaded_at,
        versions._file,
        versions._line,
        coalesce(versions.updated_at, versions.created_at) <= run.as_of as is_known_as_of_run
    from versions
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'rating_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
