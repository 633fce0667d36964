-- Grain: one message of a ticket of the open format.
with

messages as (

    select * from {{ ref('stg_generic__messages') }}

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'message_id']) }} as message_key,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        source_system,
        source_account,
        message_id,
        sent_at,
        author_id,
        lower(author_type) as author_type,
        is_public,
        is_automated,
        is_description,
        false as is_merge_notice,
        false as is_side_conversation,
        session_id,
        lower(channel) as vendor_channel
    from messages

)

select * from final
