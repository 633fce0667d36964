-- Grain: one comment of a ticket, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'ticket_comments') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as comment_id,
        trim(ticket_id) as ticket_id,
        nullif(trim(audit_id), '') as audit_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        nullif(trim(author_id), '') as author_id,
        cast(trim(public) as boolean) as is_public,
        nullif(trim(type), '') as comment_type,
        {{ json_text('via', '$.channel') }} as via_channel,
        {{ json_text('via', '$.source.rel') }} as via_rel,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'comment_id']) }}

)

select * from final
