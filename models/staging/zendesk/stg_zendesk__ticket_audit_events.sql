-- Grain: one event of an audit: a changed field, a comment, a notification.
with

audits as (

    select * from {{ ref('stg_zendesk__ticket_audits') }}

),

elements as (

    select
        audits.*,
        {{ json_elements('audits.events') }}
    from audits

),

-- A rule's comment in an agent's update has a way of its own; other events came the way of their audit.
final as (

    select
        source_system,
        source_account,
        audit_id,
        ticket_id,
        created_at,
        author_id as audit_author_id,
        via_channel as audit_via_channel,
        via_rel as audit_via_rel,
        coalesce({{ json_text('element', '$.via.channel') }}, via_channel) as via_channel,
        case
            when {{ json_text('element', '$.via.channel') }} is null then via_rel
            else {{ json_text('element', '$.via.source.rel') }}
        end as via_rel,
        merged_into_id,
        {{ json_text('element', '$.id') }} as event_id,
        element_number as event_number,
        {{ json_text('element', '$.type') }} as event_type,
        {{ json_text('element', '$.field_name') }} as field_name,
        nullif({{ json_text('element', '$.value') }}, '') as value,
        nullif({{ json_text('element', '$.previous_value') }}, '') as previous_value,
        coalesce(nullif({{ json_text('element', '$.author_id') }}, ''), author_id) as author_id,
        try_cast({{ json_text('element', '$.public') }} as boolean) as is_public,
        case
            when {{ json_text('element', '$.type') }} in ('Comment', 'VoiceComment') then {{ json_text('element', '$.id') }}
            else {{ json_text('element', '$.comment_id') }}
        end as comment_id,
        {{ json_text('element', '$.previous_schedule_id') }} as previous_schedule_id,
        {{ json_text('element', '$.new_schedule_id') }} as new_schedule_id,
        _loaded_at,
        _file,
        _line
    from elements

)

select * from final
