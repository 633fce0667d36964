-- Grain: one wait of a customer for a reply, from asking to the reply or to what ended the wait without one.
with

waits as (

    select * from {{ ref('int_reply_waits') }}

),

tickets as (

    select ticket_key, source_system, source_account from {{ ref('int_tickets') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

intervals as (

    select ticket_key, wait_number, asked_at as started_at, counted_until as ended_at, counted_until as judged_at from waits

),

measured as (

    {{ in_business_time('intervals') }}

),

-- Who held the ticket when the wait ended, or holds it now: at the instant of a move, who holds it from then on.
holders as (

    select
        waits.ticket_key,
        waits.wait_number,
        spells.assignee_id,
        spells.team_id,
        row_number() over (partition by waits.ticket_key, waits.wait_number order by spells.started_at desc) as recency
    from waits
    inner join spells on waits.ticket_key = spells.ticket_key and waits.counted_until >= spells.started_at

),

final as (

    select
        {{ surrogate_key(['waits.ticket_key', 'waits.wait_number']) }} as reply_wait_key,
        waits.ticket_key,
        cast(waits.wait_number as bigint) as wait_number,
        waits.is_from_creation,
        waits.asked_at,
        waits.ended_at,
        {{ reporting_day('waits.asked_at', 'run.reporting_time_zone') }} as asked_on,
        {{ reporting_day('waits.ended_at', 'run.reporting_time_zone') }} as ended_on,
        waits.state,
        cast({{ seconds_between('waits.asked_at', 'waits.counted_until') }} as bigint) as seconds,
        cast(measured.business_seconds as bigint) as business_seconds,
        cast(measured.business_seconds_at_event as bigint) as business_seconds_at_event,
        cast(measured.business_seconds_at_creation as bigint) as business_seconds_at_creation,
        case when waits.state = 'replied' then waits.replied_by_key else agents.agent_key end as agent_key,
        teams.team,
        teams.team_key
    from waits
    inner join tickets on waits.ticket_key = tickets.ticket_key
    inner join measured on waits.ticket_key = measured.ticket_key and waits.wait_number = measured.wait_number
    cross join run
    left join holders
        on waits.ticket_key = holders.ticket_key and waits.wait_number = holders.wait_number and holders.recency = 1
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and holders.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and holders.team_id = teams.team_id

)

select * from final
