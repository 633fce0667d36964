-- Grain: one ticket of which Zendesk counted its metrics, in their latest version.
with

listed as (

    select * from {{ source('zendesk', 'ticket_metrics') }}

),

tickets as (

    select * from {{ source('zendesk', 'tickets') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- The list of metrics leaves out archived tickets; an export of tickets may have the metrics of all.
source as (

    select
        _account,
        ticket_id,
        created_at,
        updated_at,
        reply_time_in_minutes,
        first_resolution_time_in_minutes,
        full_resolution_time_in_minutes,
        agent_wait_time_in_minutes,
        requester_wait_time_in_minutes,
        on_hold_time_in_minutes,
        reopens,
        replies,
        group_stations,
        assignee_stations,
        initially_assigned_at,
        assigned_at,
        solved_at,
        status_updated_at,
        assignee_updated_at,
        requester_updated_at,
        latest_comment_added_at,
        _loaded_at,
        _file,
        _line
    from listed
    union all
    select
        _account,
        id as ticket_id,
        {{ json_text('metric_set', '$.created_at') }} as created_at,
        {{ json_text('metric_set', '$.updated_at') }} as updated_at,
        {{ json_text('metric_set', '$.reply_time_in_minutes') }} as reply_time_in_minutes,
        {{ json_text('metric_set', '$.first_resolution_time_in_minutes') }} as first_resolution_time_in_minutes,
        {{ json_text('metric_set', '$.full_resolution_time_in_minutes') }} as full_resolution_time_in_minutes,
        {{ json_text('metric_set', '$.agent_wait_time_in_minutes') }} as agent_wait_time_in_minutes,
        {{ json_text('metric_set', '$.requester_wait_time_in_minutes') }} as requester_wait_time_in_minutes,
        {{ json_text('metric_set', '$.on_hold_time_in_minutes') }} as on_hold_time_in_minutes,
        {{ json_text('metric_set', '$.reopens') }} as reopens,
        {{ json_text('metric_set', '$.replies') }} as replies,
        {{ json_text('metric_set', '$.group_stations') }} as group_stations,
        {{ json_text('metric_set', '$.assignee_stations') }} as assignee_stations,
        {{ json_text('metric_set', '$.initially_assigned_at') }} as initially_assigned_at,
        {{ json_text('metric_set', '$.assigned_at') }} as assigned_at,
        {{ json_text('metric_set', '$.solved_at') }} as solved_at,
        {{ json_text('metric_set', '$.status_updated_at') }} as status_updated_at,
        {{ json_text('metric_set', '$.assignee_updated_at') }} as assignee_updated_at,
        {{ json_text('metric_set', '$.requester_updated_at') }} as requester_updated_at,
        {{ json_text('metric_set', '$.latest_comment_added_at') }} as latest_comment_added_at,
        _loaded_at,
        _file,
        _line
    from tickets
    where metric_set is not null

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(ticket_id) as ticket_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        try_cast({{ json_text('reply_time_in_minutes', '$.calendar') }} as bigint) as reply_calendar_minutes,
        try_cast({{ json_text('reply_time_in_minutes', '$.business') }} as bigint) as reply_business_minutes,
        try_cast({{ json_text('first_resolution_time_in_minutes', '$.calendar') }} as bigint) as first_resolution_calendar_minutes,
        try_cast({{ json_text('first_resolution_time_in_minutes', '$.business') }} as bigint) as first_resolution_business_minutes,
        try_cast({{ json_text('full_resolution_time_in_minutes', '$.calendar') }} as bigint) as full_resolution_calendar_minutes,
        try_cast({{ json_text('full_resolution_time_in_minutes', '$.business') }} as bigint) as full_resolution_business_minutes,
        try_cast({{ json_text('agent_wait_time_in_minutes', '$.calendar') }} as bigint) as agent_wait_calendar_minutes,
        try_cast({{ json_text('agent_wait_time_in_minutes', '$.business') }} as bigint) as agent_wait_business_minutes,
        try_cast({{ json_text('requester_wait_time_in_minutes', '$.calendar') }} as bigint) as requester_wait_calendar_minutes,
        try_cast({{ json_text('requester_wait_time_in_minutes', '$.business') }} as bigint) as requester_wait_business_minutes,
        try_cast({{ json_text('on_hold_time_in_minutes', '$.calendar') }} as bigint) as on_hold_calendar_minutes,
        try_cast({{ json_text('on_hold_time_in_minutes', '$.business') }} as bigint) as on_hold_business_minutes,
        cast(nullif(trim(reopens), '') as bigint) as reopen_count,
        cast(nullif(trim(replies), '') as bigint) as reply_count,
        cast(nullif(trim(group_stations), '') as bigint) as group_station_count,
        cast(nullif(trim(assignee_stations), '') as bigint) as assignee_station_count,
        {{ iso_to_utc('initially_assigned_at', "'UTC'") }} as initially_assigned_at,
        {{ iso_to_utc('assigned_at', "'UTC'") }} as assigned_at,
        {{ iso_to_utc('solved_at', "'UTC'") }} as solved_at,
        {{ iso_to_utc('status_updated_at', "'UTC'") }} as status_updated_at,
        {{ iso_to_utc('assignee_updated_at', "'UTC'") }} as assignee_updated_at,
        {{ iso_to_utc('requester_updated_at', "'UTC'") }} as requester_updated_at,
        {{ iso_to_utc('latest_comment_added_at', "'UTC'") }} as latest_comment_added_at,
        _loaded_at,
        _file,
        _line
    from source

),

-- A later count need not have a later updated_at: a requester who writes moves another column only.
dated as (

    select
        renamed.*,
        greatest(
            updated_at, created_at, solved_at, status_updated_at, assignee_updated_at, requester_updated_at, latest_comment_added_at
        ) as changed_at
    from renamed

),

-- As of an earlier day the version of that day counts.
known as (

    select
        dated.*,
        dated.changed_at <= run.as_of as is_known_as_of_run
    from dated
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'ticket_id'], ['is_known_as_of_run', 'changed_at']) }}

)

select * from final
