-- Grain: one ticket, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as ticket_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        {{ unix_seconds_to_utc('generated_timestamp') }} as generated_at,
        lower(trim(status)) as status,
        nullif(trim(custom_status_id), '') as custom_status_id,
        nullif(trim(priority), '') as priority,
        nullif(trim(type), '') as ticket_type,
        {{ json_text('via', '$.channel') }} as via_channel,
        {{ json_text('via', '$.source.rel') }} as via_rel,
        nullif(trim(requester_id), '') as requester_id,
        nullif(trim(submitter_id), '') as submitter_id,
        nullif(trim(assignee_id), '') as assignee_id,
        nullif(trim(group_id), '') as group_id,
        nullif(trim(organization_id), '') as organization_id,
        nullif(trim(brand_id), '') as brand_id,
        nullif(trim(problem_id), '') as problem_id,
        nullif(trim(subject), '') as subject,
        tags,
        {{ json_text('satisfaction_rating', '$.score') }} as satisfaction_score,
        cast(nullif(trim(is_public), '') as boolean) as is_public,
        coalesce(cast(nullif(trim(from_messaging_channel), '') as boolean), false) as is_from_messaging_channel,
        _loaded_at,
        _file,
        _line
    from source

),

-- As of an earlier day the version of that day counts. Zendesk writes new versions of its own accord too: those
-- move generated_at, not updated_at.
known as (

    select
        renamed.*,
        coalesce(renamed.generated_at, renamed.updated_at, renamed.created_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'ticket_id'], ['is_known_as_of_run', 'generated_at', 'updated_at']) }}

)

select * from final
