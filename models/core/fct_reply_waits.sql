-- Grain: one wait of a customer for a reply, from asking to the reply or to what ended the wait without one.
with

spells as (

    select * from {{ ref('fct_ticket_spells') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- A wait that still runs is measured to as_of.
waits as (

    select
        ticket_key,
        wait_number,
        is_from_creation,
        state,
        replied_by_key,
        asked_at as started_at,
        counted_until as ended_at,
        counted_until as judged_at
    from {{ ref('int_reply_waits') }}

),

measured as (

    {{ in_business_time('waits') }}

),

-- Who held the ticket when the wait ended, or holds it now: at the instant of a move, who holds it from then on.
holders as (

    select
        waits.ticket_key,
        waits.wait_number,
        spells.agent_key,
        spells.team,
        spells.team_key,
        row_number() over (partition by waits.ticket_key, waits.wait_number order by spells.started_at desc) as recency
    from waits
    inner join spells on waits.ticket_key = spells.ticket_key and waits.ended_at >= spells.started_at

),

final as (

    select
        {{ surrogate_key(['measured.ticket_key', 'measured.wait_number']) }} as reply_wait_key,
        measured.ticket_key,
        cast(measured.wait_number as bigint) as wait_number,
        measured.is_from_creation,
        measured.started_at as asked_at,
        case when measured.state <> 'waiting' then measured.ended_at end as ended_at,
        {{ reporting_day('measured.started_at', 'run.reporting_time_zone') }} as asked_on,
        case
            when measured.state <> 'waiting' then {{ reporting_day('measured.ended_at', 'run.reporting_time_zone') }}
        end as ended_on,
        measured.state,
        cast({{ seconds_between('measured.started_at', 'measured.ended_at') }} as bigint) as seconds,
        cast(measured.business_seconds as bigint) as business_seconds,
        cast(measured.business_seconds_at_event as bigint) as business_seconds_at_event,
        cast(measured.business_seconds_at_creation as bigint) as business_seconds_at_creation,
        case when measured.state = 'replied' then measured.replied_by_key else holders.agent_key end as agent_key,
        holders.team,
        holders.team_key
    from measured
    cross join run
    left join holders
        on measured.ticket_key = holders.ticket_key and measured.wait_number = holders.wait_number and holders.recency = 1

)

select * from final
