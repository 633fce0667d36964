-- Grain: one comment of a Zendesk ticket, whether comments, audits or both tell it.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

comments as (

    select * from {{ ref('stg_zendesk__ticket_comments') }}

),

audit_events as (

    select * from {{ ref('stg_zendesk__ticket_audit_events') }}

),

comment_events as (

    select * from audit_events where event_type in ('Comment', 'VoiceComment')

),

-- The last flip up to as_of tells what the comment was then; else the next one, what it was before.
privacy_changes as (

    select
        audit_events.source_account,
        audit_events.comment_id,
        case when audit_events.created_at <= run.as_of then audit_events.is_public else not audit_events.is_public end as is_public,
        row_number() over (
            partition by audit_events.source_account, audit_events.comment_id
            order by
                case when audit_events.created_at <= run.as_of then audit_events.created_at end desc nulls last,
                audit_events.created_at,
                audit_events.event_id desc
        ) as flip_rank
    from audit_events
    cross join run
    where audit_events.event_type = 'CommentPrivacyChange'

),

joined as (

    select
        coalesce(comments.source_system, comment_events.source_system) as source_system,
        coalesce(comments.source_account, comment_events.source_account) as source_account,
        coalesce(comments.comment_id, comment_events.comment_id) as comment_id,
        coalesce(comments.ticket_id, comment_events.ticket_id) as ticket_id,
        coalesce(comments.created_at, comment_events.created_at) as sent_at,
        coalesce(comments.author_id, comment_events.author_id) as vendor_author_id,
        coalesce(comments.is_public, comment_events.is_public, true) as is_public,
        coalesce(comments.via_channel, comment_events.via_channel) as via_channel,
        coalesce('rule' in (comments.via_channel, comment_events.via_channel), false) as is_by_rule,
        coalesce('merge' in (comments.via_rel, comment_events.via_rel, comment_events.audit_via_rel), false) as is_merge_notice,
        coalesce(
            'side_conversation' in (comments.via_channel, comment_events.via_channel, comment_events.audit_via_channel), false
        ) as is_side_conversation
    from comments
    full outer join comment_events
        on comments.source_account = comment_events.source_account and comments.comment_id = comment_events.comment_id

),

final as (

    select
        joined.source_system,
        joined.source_account,
        joined.comment_id,
        joined.ticket_id,
        joined.sent_at,
        joined.vendor_author_id,
        coalesce(privacy_changes.is_public, joined.is_public) as is_public,
        joined.via_channel,
        joined.is_by_rule,
        joined.is_merge_notice,
        joined.is_side_conversation
    from joined
    left join privacy_changes
        on joined.source_account = privacy_changes.source_account
            and joined.comment_id = privacy_changes.comment_id
            and privacy_changes.flip_rank = 1

)

select * from final
