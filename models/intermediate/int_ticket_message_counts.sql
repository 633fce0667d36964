-- Grain: one ticket that has messages.
with

messages as (

    select * from {{ ref('int_messages') }}

),

final as (

    select
        ticket_key,
        sum(case when author_type = 'customer' and is_public then 1 else 0 end) as customer_message_count,
        sum(case when author_type = 'agent' and not is_public then 1 else 0 end) as internal_note_count
    from messages
    group by ticket_key

)

select * from final
