-- Grain: one ticket, in its latest version.
with

source as (

    select * from {{ source('generic', 'tickets') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.ticket_id), '') as ticket_id,
        {{ iso_to_utc('source.created_at', 'accounts.time_zone') }} as created_at,
        {{ iso_to_utc('source.updated_at', 'accounts.time_zone') }} as updated_at,
        nullif(trim(source.status), '') as status,
        nullif(trim(source.priority), '') as priority,
        nullif(trim(source.type), '') as ticket_type,
        nullif(trim(source.channel), '') as channel,
        nullif(trim(source.subject), '') as subject,
        nullif(trim(source.requester_id), '') as requester_id,
        nullif(trim(source.submitter_id), '') as submitter_id,
        nullif(trim(source.assignee_id), '') as assignee_id,
        nullif(trim(source.group_id), '') as group_id,
        nullif(trim(source.organization_id), '') as organization_id,
        nullif(trim(source.brand_id), '') as brand_id,
        nullif(trim(source.schedule_id), '') as schedule_id,
        source.tags,
        nullif(trim(source.origin), '') as origin,
        coalesce(cast(nullif(trim(source.is_spam), '') as boolean), false) as is_spam,
        coalesce(cast(nullif(trim(source.is_deleted), '') as boolean), false) as is_deleted,
        coalesce(cast(nullif(trim(source.is_test), '') as boolean), false) as is_test,
        nullif(trim(source.merged_into_id), '') as merged_into_id,
        nullif(trim(source.problem_id), '') as problem_id,
        cast(nullif(trim(source.settled_amount), '') as decimal(18, 4)) as settled_amount,
        nullif(trim(source.settled_currency), '') as settled_currency,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

-- As of an earlier day the version of that day counts, not what became of the ticket later.
known as (

    select
        renamed.*,
        coalesce(renamed.updated_at, renamed.created_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'ticket_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
