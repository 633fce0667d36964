-- Grain: one message of a ticket.
with

messages as (

    select * from {{ ref('int_messages') }}

),

final as (

    select
        message_key,
        ticket_key,
        source_system,
        source_account,
        sent_at,
        author_key,
        author_type,
        is_public,
        is_automated,
        is_description,
        channel
    from messages

)

select * from final
