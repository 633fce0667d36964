-- Grain: one ticket that has messages.
with

messages as (

    select * from {{ ref('int_messages') }}

),

verdicts as (

    select * from {{ ref('int_message_verdicts') }}

),

final as (

    select
        messages.ticket_key,
        min(case when verdicts.is_counting_reply then verdicts.counted_at end) as first_replied_at,
        sum(case when verdicts.is_counting_reply then 1 else 0 end) as agent_reply_count,
        sum(case when verdicts.is_by_customer and messages.is_public then 1 else 0 end) as customer_message_count,
        sum(
            case when messages.author_type = 'agent' and not verdicts.is_by_customer and not messages.is_public then 1 else 0 end
        ) as internal_note_count
    from messages
    inner join verdicts on messages.message_key = verdicts.message_key
    group by messages.ticket_key

)

select * from final
