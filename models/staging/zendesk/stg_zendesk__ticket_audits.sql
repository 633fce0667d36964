-- Grain: one audit of a ticket, an update with all its events, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'ticket_audits') }}

),

-- A merged ticket names the ticket that took it over; that one's own audit of the merge names where it came from.
renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as audit_id,
        trim(ticket_id) as ticket_id,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        nullif(trim(author_id), '') as author_id,
        {{ json_text('via', '$.channel') }} as via_channel,
        {{ json_text('via', '$.source.rel') }} as via_rel,
        case
            when {{ json_text('via', '$.source.rel') }} = 'merge' then {{ json_text('via', '$.source.to.ticket_id') }}
        end as merged_into_id,
        events,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'audit_id']) }}

)

select * from final
