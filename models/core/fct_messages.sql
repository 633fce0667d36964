-- Grain: one message of a ticket.
with

messages as (

    select * from {{ ref('int_messages') }}

),

verdicts as (

    select * from {{ ref('int_message_verdicts') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        messages.message_key,
        messages.ticket_key,
        messages.source_system,
        messages.source_account,
        messages.sent_at,
        {{ reporting_day('messages.sent_at', 'run.reporting_time_zone') }} as sent_on,
        messages.author_key,
        messages.author_type,
        messages.is_public,
        messages.is_automated,
        messages.is_description,
        messages.is_merge_notice,
        messages.is_side_conversation,
        messages.channel,
        case when messages.session_id is not null then {{ surrogate_key(['messages.ticket_key', 'messages.session_id']) }} end
            as session_key,
        verdicts.is_counting_reply,
        verdicts.not_counting_reason
    from messages
    inner join verdicts on messages.message_key = verdicts.message_key
    cross join run

)

select * from final
