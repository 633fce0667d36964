-- Grain: one event of any help centre, at or before as_of, with the customer or visitor who did it.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unioned as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'event_id']) }} as knowledge_event_key,
        source_system, source_account, occurred_at, kind, article_id, customer_id, agent_id, result_count, visitor_id, ticket_id
    from {{ ref('stg_generic__knowledge_events') }}
    union all
    select
        knowledge_event_key,
        source_system, source_account, occurred_at, kind, article_id, customer_id, agent_id, result_count, visitor_id, ticket_id
    from {{ ref('int_zendesk__knowledge_events') }}

),

happened as (

    select unioned.*
    from unioned
    cross join run
    where unioned.occurred_at <= run.as_of

),

-- A visitor seen as one customer is that customer; a browser that several sign in with is nobody's.
visitors as (

    select source_system, source_account, visitor_id, min(customer_id) as customer_id
    from happened
    where agent_id is null and visitor_id is not null
    group by source_system, source_account, visitor_id
    having count(distinct customer_id) = 1

),

identified as (

    select
        happened.*,
        coalesce(happened.customer_id, visitors.customer_id) as known_customer_id
    from happened
    left join visitors
        on happened.source_system = visitors.source_system
            and happened.source_account = visitors.source_account
            and happened.visitor_id = visitors.visitor_id

),

final as (

    select
        knowledge_event_key,
        source_system,
        source_account,
        occurred_at,
        kind,
        article_id,
        agent_id,
        result_count,
        case
            when ticket_id is not null then {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }}
        end as ticket_key,
        case
            when visitor_id is not null then {{ pseudonym(['source_system', 'source_account', "'visitor'", 'visitor_id']) }}
        end as visitor_key,
        case
            when known_customer_id is not null
                then {{ pseudonym(['source_system', 'source_account', 'known_customer_id']) }}
        end as customer_key,
        -- What an agent looks up is work, not self-service.
        case
            when agent_id is not null then null
            when known_customer_id is not null
                then {{ pseudonym(['source_system', 'source_account', 'known_customer_id']) }}
            when visitor_id is not null then {{ pseudonym(['source_system', 'source_account', "'visitor'", 'visitor_id']) }}
        end as user_key
    from identified

)

select * from final
