-- Grain: one message, with whether it is a reply that counts (E4) and, where not, why not.
with

messages as (

    select * from {{ ref('int_messages') }}

),

tickets as (

    select ticket_key, requester_id, created_at from {{ ref('int_tickets') }}

),

merged_tickets as (

    select ticket_key, closed_at as merged_at from {{ ref('int_ticket_current_states') }} where merged_into_id is not null

),

-- An agent who asks is a customer of that ticket.
judged as (

    select
        messages.message_key,
        messages.ticket_key,
        messages.session_id,
        messages.message_order,
        messages.sent_at,
        greatest(messages.sent_at, tickets.created_at) as counted_at,
        messages.author_type = 'customer' or coalesce(messages.author_id = tickets.requester_id, false) as is_by_customer,
        coalesce(messages.sent_at >= merged_tickets.merged_at, false) as is_after_merge,
        case
            when messages.is_description then 'description'
            when messages.is_merge_notice then 'merge_notice'
            when messages.is_side_conversation then 'side_conversation'
            when not messages.is_public then 'private'
            when messages.is_automated then 'automated'
            when messages.author_type = 'bot' then 'by_bot'
            when messages.author_type = 'system' then 'by_system'
            when messages.author_type = 'customer' or messages.author_id = tickets.requester_id then 'by_customer'
            when messages.sent_at >= merged_tickets.merged_at then 'after_merge'
        end as reason
    from messages
    inner join tickets on messages.ticket_key = tickets.ticket_key
    left join merged_tickets on messages.ticket_key = merged_tickets.ticket_key

),

-- What an agent says in one chat session is one reply (E24).
numbered as (

    select
        *,
        case
            when reason is null and session_id is not null
                then row_number() over (
                        partition by ticket_key, session_id, reason order by sent_at, message_order
                    )
        end as reply_of_session
    from judged

),

replied_sessions as (

    select ticket_key, session_id, sent_at as session_replied_at, message_order as session_reply_order
    from numbered
    where reply_of_session = 1

),

final as (

    select
        numbered.message_key,
        numbered.ticket_key,
        numbered.counted_at,
        numbered.message_order,
        numbered.is_by_customer,
        numbered.is_after_merge,
        numbered.reason is null and coalesce(numbered.reply_of_session, 1) = 1 as is_counting_reply,
        case when numbered.reply_of_session > 1 then 'same_session' else numbered.reason end as not_counting_reason,
        -- Once a session is answered, what the customer adds to it is part of the same conversation.
        coalesce(
            replied_sessions.session_replied_at < numbered.sent_at
            or (
                replied_sessions.session_replied_at = numbered.sent_at
                and replied_sessions.session_reply_order < numbered.message_order
            ),
            false
        ) as is_in_answered_session
    from numbered
    left join replied_sessions
        on numbered.ticket_key = replied_sessions.ticket_key and numbered.session_id = replied_sessions.session_id

)

select * from final
