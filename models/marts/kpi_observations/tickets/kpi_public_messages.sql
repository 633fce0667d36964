-- Grain: one public message of a countable ticket, with its direction and who held the ticket then.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

messages as (

    select * from {{ ref('fct_messages') }}
    where is_public and not is_merge_notice and not is_side_conversation

),

spells as (

    select * from {{ ref('fct_ticket_spells') }}

),

-- What an agent writes for the customer when opening a ticket goes nowhere, unless it opens a conversation.
directed as (

    select
        messages.message_key,
        messages.ticket_key,
        messages.session_key,
        messages.sent_at,
        greatest(messages.sent_at, tickets.created_at) as counted_at,
        greatest(messages.sent_on, tickets.created_on) as observed_on,
        messages.channel,
        messages.author_key,
        tickets.source_system,
        tickets.priority,
        tickets.ticket_type,
        case
            when messages.author_type = 'customer' or messages.author_key = tickets.requester_key
                then case when messages.is_automated then 'none' else 'inbound' end
            when messages.is_description and tickets.origin <> 'proactive_outbound' then 'none'
            when messages.author_type = 'agent' and not messages.is_automated then 'outbound'
            else 'bots'
        end as direction
    from messages
    inner join tickets on messages.ticket_key = tickets.ticket_key

),

-- All that one side says in a chat session is one message (E24).
numbered as (

    select
        *,
        row_number() over (
            partition by ticket_key, session_key, direction order by counted_at, sent_at, message_key
        ) as session_number
    from directed

),

final as (

    select
        numbered.message_key,
        numbered.ticket_key,
        numbered.observed_on,
        numbered.direction,
        numbered.session_key is null or numbered.session_number = 1 as is_first_of_session,
        numbered.source_system,
        numbered.channel,
        spells.team,
        spells.agent_key as holder_agent_key,
        case numbered.direction when 'inbound' then spells.agent_key when 'outbound' then numbered.author_key end as agent_key,
        numbered.priority,
        numbered.ticket_type
    from numbered
    left join spells
        on numbered.ticket_key = spells.ticket_key
            and numbered.counted_at >= spells.started_at
            and (spells.ended_at is null or numbered.counted_at < spells.ended_at)

)

select * from final
