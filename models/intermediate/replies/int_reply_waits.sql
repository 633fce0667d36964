-- Grain: one wait of a customer for a reply: from asking to the reply, or to what ended the wait without one.
with

tickets as (

    select ticket_key, created_at, origin from {{ ref('int_tickets') }} where has_messages

),

messages as (

    select
        messages.ticket_key,
        messages.author_key,
        verdicts.message_order,
        verdicts.counted_at,
        verdicts.is_counting_reply,
        verdicts.not_counting_reason,
        verdicts.is_in_answered_session,
        verdicts.is_after_merge
    from {{ ref('int_messages') }} as messages
    inner join {{ ref('int_message_verdicts') }} as verdicts on messages.message_key = verdicts.message_key

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

states as (

    select
        ticket_key,
        changed_at,
        is_deleted,
        merged_into_id is not null as is_merge,
        coalesce(lag(is_deleted) over (partition by ticket_key order by changed_at), false) as was_deleted
    from {{ ref('int_ticket_states') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Whom the helpdesk writes to first does not wait; anybody else waits from the creation on.
questions as (

    select ticket_key, created_at as happened_at, true as is_creation
    from tickets
    where origin <> 'proactive_outbound'
    union all
    select messages.ticket_key, messages.counted_at as happened_at, false as is_creation
    from messages
    inner join tickets on messages.ticket_key = tickets.ticket_key
    where messages.not_counting_reason = 'by_customer'
        and not messages.is_in_answered_session
        and not messages.is_after_merge

),

endings as (

    select ticket_key, counted_at as happened_at, 'replied' as state, author_key
    from messages
    where is_counting_reply
    union all
    select
        spells.ticket_key,
        spells.started_at as happened_at,
        'solved_unreplied' as state,
        cast(null as {{ dbt.type_string() }}) as author_key
    from spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    where spells.is_solve
    union all
    select
        states.ticket_key,
        states.changed_at as happened_at,
        'dropped' as state,
        cast(null as {{ dbt.type_string() }}) as author_key
    from states
    inner join tickets on states.ticket_key = tickets.ticket_key
    where states.is_merge or (states.is_deleted and not states.was_deleted)

),

-- At one instant: asked, then answered, then solved, then gone.
happenings as (

    select
        ticket_key,
        happened_at,
        0 as step,
        is_creation,
        cast(null as {{ dbt.type_string() }}) as state,
        cast(null as {{ dbt.type_string() }}) as author_key
    from questions
    union all
    select
        ticket_key,
        happened_at,
        case state when 'replied' then 1 when 'solved_unreplied' then 2 else 3 end as step,
        false as is_creation,
        state,
        author_key
    from endings

),

-- What happens between two endings belongs to the wait that the second one ends.
numbered as (

    select
        *,
        coalesce(
            sum(case when step > 0 then 1 else 0 end) over (
                partition by ticket_key
                order by happened_at, step, author_key nulls last
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as ending_number
    from happenings

),

waits as (

    select
        ticket_key,
        ending_number,
        min(case when step = 0 then happened_at end) as asked_at,
        max(case when step > 0 then happened_at end) as ended_at,
        max(state) as state,
        max(author_key) as replied_by_key,
        max(case when is_creation then 1 else 0 end) = 1 as is_from_creation
    from numbered
    group by ticket_key, ending_number

),

final as (

    select
        waits.ticket_key,
        waits.asked_at,
        waits.ended_at,
        coalesce(waits.ended_at, run.as_of) as counted_until,
        coalesce(waits.state, 'waiting') as state,
        waits.replied_by_key,
        waits.is_from_creation,
        row_number() over (partition by waits.ticket_key order by waits.asked_at, waits.ending_number) as wait_number
    from waits
    cross join run
    where waits.asked_at is not null

)

select * from final
