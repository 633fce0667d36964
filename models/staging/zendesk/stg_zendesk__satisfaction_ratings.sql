-- Grain: one satisfaction rating, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'satisfaction_ratings') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as rating_id,
        trim(ticket_id) as ticket_id,
        nullif(trim(requester_id), '') as requester_id,
        nullif(trim(assignee_id), '') as assignee_id,
        nullif(trim(group_id), '') as group_id,
        lower(trim(score)) as score,
        nullif(trim(reason), '') as reason,
        nullif(trim(reason_id), '') as reason_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

-- As of an earlier day the version of that day counts.
known as (

    select
        renamed.*,
        coalesce(renamed.updated_at, renamed.created_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'rating_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
