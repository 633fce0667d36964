-- Grain: one message of any helpdesk, sent at or before as_of on a ticket that exists.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, channel as ticket_channel from {{ ref('int_tickets') }}

),

channels as (

    select * from {{ ref('channels') }}

),

unioned as (

    select * from {{ ref('int_generic__messages') }}
    union all
    select * from {{ ref('int_zendesk__messages') }}

),

final as (

    select
        unioned.message_key,
        unioned.ticket_key,
        unioned.source_system,
        unioned.source_account,
        unioned.sent_at,
        case
            when unioned.author_id is not null
                then {{ pseudonym(['unioned.source_system', 'unioned.source_account', 'unioned.author_id']) }}
        end as author_key,
        unioned.author_type,
        unioned.is_public,
        unioned.is_automated,
        unioned.is_description,
        unioned.is_merge_notice,
        unioned.is_side_conversation,
        unioned.author_id,
        unioned.session_id,
        -- Ids that are numbers sort as numbers, also as text.
        case when translate(unioned.message_id, '0123456789', '') = '' then lpad(unioned.message_id, 64, '0') else unioned.message_id end
            as message_order,
        case
            when unioned.vendor_channel is null then tickets.ticket_channel
            else coalesce(channels.channel, 'unknown')
        end as channel
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key
    cross join run
    left join channels
        on unioned.source_system = channels.source_system and unioned.vendor_channel = channels.vendor_channel
    where unioned.sent_at <= run.as_of

)

select * from final
