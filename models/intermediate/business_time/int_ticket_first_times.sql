-- Grain: one ticket that was replied to or solved: the business seconds to the first reply and to the first solve.
with

tickets as (

    select ticket_key, created_at from {{ ref('int_tickets') }}

),

replies as (

    select ticket_key, first_replied_at from {{ ref('int_ticket_message_counts') }} where first_replied_at is not null

),

solves as (

    select ticket_key, first_solved_at from {{ ref('int_ticket_lifecycles') }} where first_solved_at is not null

),

times as (

    select
        tickets.ticket_key,
        'response' as milestone,
        tickets.created_at as started_at,
        replies.first_replied_at as ended_at,
        replies.first_replied_at as judged_at
    from tickets
    inner join replies on tickets.ticket_key = replies.ticket_key
    union all
    select
        tickets.ticket_key,
        'resolution' as milestone,
        tickets.created_at as started_at,
        solves.first_solved_at as ended_at,
        solves.first_solved_at as judged_at
    from tickets
    inner join solves on tickets.ticket_key = solves.ticket_key

),

measured as (

    {{ in_business_time('times') }}

),

final as (

    select
        ticket_key,
        cast(max(case when milestone = 'response' then business_seconds end) as bigint)
            as first_response_business_seconds,
        cast(max(case when milestone = 'response' then business_seconds_at_event end) as bigint)
            as first_response_business_seconds_at_event,
        cast(max(case when milestone = 'response' then business_seconds_at_creation end) as bigint)
            as first_response_business_seconds_at_creation,
        cast(max(case when milestone = 'resolution' then business_seconds end) as bigint)
            as first_resolution_business_seconds,
        cast(max(case when milestone = 'resolution' then business_seconds_at_event end) as bigint)
            as first_resolution_business_seconds_at_event,
        cast(max(case when milestone = 'resolution' then business_seconds_at_creation end) as bigint)
            as first_resolution_business_seconds_at_creation
    from measured
    group by ticket_key

)

select * from final
