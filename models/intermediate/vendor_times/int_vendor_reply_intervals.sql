-- Grain: one ticket × way to find its first reply: our rules, or the message the helpdesk's own time leads to.
with

hidden_messages as (

    select * from {{ ref('int_zendesk__hidden_messages') }}

),

messages as (

    select
        verdicts.ticket_key,
        verdicts.counted_at,
        verdicts.message_order,
        verdicts.is_counting_reply,
        case when hidden_messages.message_key is not null then 'made_private' else verdicts.not_counting_reason end
            as not_counting_reason,
        vendor_rows.created_at,
        vendor_rows.reply_minutes * 60
        - {{ seconds_between(dbt.date_trunc('minute', 'vendor_rows.created_at'), dbt.date_trunc('minute', 'verdicts.counted_at')) }}
            as seconds_off
    from {{ ref('int_message_verdicts') }} as verdicts
    inner join {{ ref('int_vendor_rows') }} as vendor_rows on verdicts.ticket_key = vendor_rows.ticket_key
    left join hidden_messages on verdicts.message_key = hidden_messages.message_key
    where verdicts.counted_at <= vendor_rows.vendor_changed_at and not verdicts.is_by_customer

),

-- What was never public is no reply to any helpdesk.
uncounted as (

    select
        *,
        row_number() over (partition by ticket_key order by abs(seconds_off), counted_at, message_order) as nearness
    from messages
    where not is_counting_reply and not_counting_reason <> 'private' and abs(seconds_off) <= 60

),

final as (

    select
        ticket_key,
        'first_reply' as figure,
        created_at as started_at,
        min(counted_at) as ended_at,
        min(counted_at) as judged_at,
        cast(null as {{ dbt.type_string() }}) as not_counting_reason
    from messages
    where is_counting_reply
    group by ticket_key, created_at
    union all
    select
        ticket_key,
        'told_reply' as figure,
        created_at as started_at,
        counted_at as ended_at,
        counted_at as judged_at,
        not_counting_reason
    from uncounted
    where nearness = 1

)

select * from final
