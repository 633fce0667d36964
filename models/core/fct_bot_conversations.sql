-- Grain: one conversation of a customer with a bot.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, requester_key, created_at
    from {{ ref('fct_tickets') }}
    where is_countable and origin not in ('proactive_outbound', 'system')

),

-- Who rings back was not helped, whether the line was open or not.
calls as (

    select coalesce(ticket_key, call_key) as contact_key, customer_key, started_at
    from {{ ref('fct_calls') }}
    where direction = 'inbound' and customer_key is not null

),

conversations as (

    select
        {{ surrogate_key(['conversations.source_system', 'conversations.source_account', 'conversations.conversation_id']) }}
            as bot_conversation_key,
        {{ surrogate_key(['conversations.source_system', 'conversations.source_account', 'conversations.ticket_id']) }}
            as told_ticket_key,
        case
            when conversations.customer_id is not null
                then {{ pseudonym(['conversations.source_system', 'conversations.source_account', 'conversations.customer_id']) }}
        end as customer_key,
        conversations.*
    from {{ ref('stg_generic__bot_conversations') }} as conversations
    cross join run
    where conversations.started_at <= run.as_of

),

contacts as (

    select ticket_key as contact_key, requester_key as customer_key, created_at as contacted_at from tickets
    union all
    select contact_key, customer_key, started_at as contacted_at from calls
    union all
    select bot_conversation_key as contact_key, customer_key, started_at as contacted_at from conversations

),

-- The ticket that a conversation became is no return.
returns as (

    select conversations.bot_conversation_key, min(contacts.contacted_at) as next_contact_at
    from conversations
    inner join contacts
        on conversations.customer_key = contacts.customer_key
            and conversations.started_at < contacts.contacted_at
            and conversations.told_ticket_key <> contacts.contact_key
    group by conversations.bot_conversation_key

),

final as (

    select
        conversations.bot_conversation_key,
        conversations.source_system,
        conversations.source_account,
        conversations.customer_key,
        tickets.ticket_key,
        conversations.started_at,
        {{ reporting_day('conversations.started_at', 'run.reporting_time_zone') }} as started_on,
        conversations.outcome,
        returns.next_contact_at,
        case
            when returns.next_contact_at <= {{ seconds_after('conversations.started_at', 'run.repeat_contact_days * 86400') }}
                then true
            when run.as_of >= {{ seconds_after('conversations.started_at', 'run.repeat_contact_days * 86400') }} then false
        end as is_returned
    from conversations
    cross join run
    left join returns on conversations.bot_conversation_key = returns.bot_conversation_key
    left join tickets on conversations.told_ticket_key = tickets.ticket_key

)

select * from final
