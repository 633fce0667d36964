-- Grain: one search or view of a user, with the session it belongs to: one ends when 30 minutes pass without another.
with

looks as (

    select * from {{ ref('int_knowledge_events') }} where kind in ('view', 'search') and user_key is not null

),

compared as (

    select
        *,
        lag(occurred_at) over (partition by user_key order by occurred_at, knowledge_event_key) as previous_at
    from looks

),

numbered as (

    select
        *,
        sum(
            case when previous_at is null or {{ seconds_between('previous_at', 'occurred_at') }} >= 1800 then 1 else 0 end
        ) over (
            partition by user_key order by occurred_at, knowledge_event_key
            rows between unbounded preceding and current row
        ) as session_number
    from compared

),

final as (

    select
        knowledge_event_key,
        source_system,
        source_account,
        occurred_at,
        kind,
        result_count,
        ticket_key,
        customer_key,
        user_key,
        {{ surrogate_key(['user_key', 'session_number']) }} as help_session_key
    from numbered

)

select * from final
