-- Grain: one ticket whose customer asks for a reply × clock, with the time to the first reply or the wait so far.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

created as (

    select ticket_key, observed_on, agent_key, team from {{ ref('kpi_ticket_milestones') }} where milestone = 'created'

),

-- Whom the helpdesk writes to first does not wait, and without messages nobody knows: neither has such a wait.
waits as (

    select * from {{ ref('fct_reply_waits') }} where is_from_creation

),

-- A message older than its ticket answers at the creation; of two replies at one instant, the wait's author.
replies as (

    select
        messages.ticket_key,
        messages.author_key,
        row_number() over (
            partition by messages.ticket_key
            order by greatest(messages.sent_at, tickets.created_at), messages.author_key nulls last
        ) as reply_number
    from {{ ref('fct_messages') }} as messages
    inner join tickets on messages.ticket_key = tickets.ticket_key
    where messages.is_counting_reply

),

holders as (

    select
        tickets.ticket_key,
        spells.team,
        row_number() over (partition by tickets.ticket_key order by spells.started_at desc) as recency
    from tickets
    inner join {{ ref('fct_ticket_spells') }} as spells
        on tickets.ticket_key = spells.ticket_key and tickets.first_replied_at >= spells.started_at

),

by_clock as (

    select 'calendar' as clock, waits.seconds as waited_seconds, tickets.first_response_seconds as response_seconds, waits.state, tickets.*
    from tickets
    inner join waits on tickets.ticket_key = waits.ticket_key
    union all
    select
        'business' as clock,
        waits.business_seconds as waited_seconds,
        tickets.first_response_business_seconds as response_seconds,
        waits.state,
        tickets.*
    from tickets
    inner join waits on tickets.ticket_key = waits.ticket_key
    where tickets.schedule_origin <> 'always_open'

),

final as (

    select
        by_clock.ticket_key,
        by_clock.clock,
        by_clock.source_system,
        by_clock.channel,
        by_clock.priority,
        by_clock.ticket_type,
        by_clock.origin,
        created.observed_on as created_on,
        created.agent_key as first_agent_key,
        created.team as first_team,
        by_clock.first_replied_on as replied_on,
        replies.author_key as replied_agent_key,
        holders.team as replied_team,
        by_clock.response_seconds,
        by_clock.waited_seconds,
        by_clock.age_seconds,
        by_clock.state = 'waiting' as is_waiting,
        by_clock.status in ('solved', 'closed') as is_solved,
        by_clock.is_past_maturity
    from by_clock
    inner join created on by_clock.ticket_key = created.ticket_key
    left join replies on by_clock.ticket_key = replies.ticket_key and replies.reply_number = 1
    left join holders on by_clock.ticket_key = holders.ticket_key and holders.recency = 1

)

select * from final
