-- Grain: one message of a Zendesk ticket that was public when it was sent and is private as of the run.
with

comments as (

    select * from {{ ref('int_zendesk__comments') }}

),

made_private as (

    select distinct audit_events.source_account, audit_events.comment_id
    from {{ ref('stg_zendesk__ticket_audit_events') }} as audit_events
    cross join {{ ref('stg_warehouse__run') }} as run
    where audit_events.event_type = 'CommentPrivacyChange'
        and not audit_events.is_public
        and audit_events.created_at <= run.as_of

),

final as (

    select {{ surrogate_key(['comments.source_system', 'comments.source_account', 'comments.comment_id']) }} as message_key
    from comments
    inner join made_private
        on comments.source_account = made_private.source_account and comments.comment_id = made_private.comment_id
    where not comments.is_public

)

select * from final
