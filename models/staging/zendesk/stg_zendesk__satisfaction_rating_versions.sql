-- Grain: one version of a satisfaction rating, as it landed last.
with

source as (

    select * from {{ source('zendesk', 'satisfaction_ratings') }}

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
        nullif(trim(comment), '') is not null as has_comment,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'rating_id', 'updated_at']) }}

)

select * from final
