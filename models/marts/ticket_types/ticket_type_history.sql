-- Grain: one ticket type that countable tickets ever had, with when it came and whether it was new then.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

as_of as (

    select max(date_day) as last_day from {{ ref('dim_date') }}

),

history as (

    select source_system, source_account, min(created_on) as history_starts_on
    from tickets
    group by source_system, source_account

),

ranked as (

    select
        ticket_type,
        source_system,
        source_account,
        created_on,
        row_number() over (partition by ticket_type order by created_at, ticket_key) as ticket_number
    from tickets
    where ticket_type <> 'unknown'

),

first_tickets as (

    select
        ranked.ticket_type,
        ranked.created_on as first_seen_on,
        {{ days_after('ranked.created_on', 28) }} as settled_on,
        history.history_starts_on
    from ranked
    inner join history
        on ranked.source_system = history.source_system and ranked.source_account = history.source_account
    where ranked.ticket_number = 1

),

counted as (

    select
        first_tickets.ticket_type,
        first_tickets.history_starts_on,
        first_tickets.first_seen_on,
        first_tickets.settled_on,
        max(ranked.created_on) as last_seen_on,
        count(*) as ticket_count,
        sum(case when ranked.created_on < first_tickets.settled_on then 1 else 0 end) as early_ticket_count
    from first_tickets
    inner join ranked on first_tickets.ticket_type = ranked.ticket_type
    group by
        first_tickets.ticket_type, first_tickets.history_starts_on, first_tickets.first_seen_on, first_tickets.settled_on

),

-- In the first four weeks of a log every type is seen for the first time; one ticket makes no type.
judged as (

    select
        counted.*,
        as_of.last_day,
        counted.first_seen_on >= {{ days_after('counted.history_starts_on', 28) }} as is_first_seen_late
    from counted
    cross join as_of

),

final as (

    select
        ticket_type,
        history_starts_on,
        first_seen_on,
        last_seen_on,
        cast(ticket_count as bigint) as ticket_count,
        cast(early_ticket_count as bigint) as early_ticket_count,
        is_first_seen_late and early_ticket_count >= 3 as was_new,
        is_first_seen_late and early_ticket_count < 3 and last_day < settled_on as is_undecided,
        is_first_seen_late and early_ticket_count >= 3 and last_day < settled_on as is_new
    from judged

)

select * from final
