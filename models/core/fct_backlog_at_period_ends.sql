-- Grain: one ticket unsolved at the end of one period of a week or longer, or at as_of.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Days are too many for a row per ticket; the last day ends the periods that are not over.
period_ends as (

    select distinct period_end as period_end_on
    from (
        select max(date_day) as period_end
        from {{ ref('bridge_date_period') }}
        where period_grain <> 'day'
        group by period_grain, period_start
    )

),

tickets as (

    select ticket_key, created_at from {{ ref('fct_tickets') }} where not is_spam and not is_test

),

-- Only spells and waits that outlast a day can be there at its end.
spells as (

    select
        spells.*,
        {{ reporting_day('spells.ended_at', 'run.reporting_time_zone') }} as ended_on
    from {{ ref('fct_ticket_spells') }} as spells
    cross join run
    where spells.status not in ('solved', 'closed')

),

waits as (

    select ticket_key, asked_at, asked_on, ended_on
    from {{ ref('fct_reply_waits') }}
    where ended_on is null or ended_on > asked_on

),

there as (

    select
        spells.*,
        period_ends.period_end_on,
        least(
            run.as_of,
            {{ local_to_utc("cast(" ~ days_after('period_ends.period_end_on', 1) ~ " as timestamp)", 'run.reporting_time_zone') }}
        ) as period_end_at
    from spells
    cross join run
    inner join period_ends
        on spells.started_on <= period_ends.period_end_on
            and (spells.ended_on is null or spells.ended_on > period_ends.period_end_on)
    where spells.ended_on is null or spells.ended_on > spells.started_on

),

final as (

    select
        there.period_end_on,
        there.ticket_key,
        there.status,
        there.agent_key,
        there.team,
        there.team_key,
        cast({{ seconds_between('tickets.created_at', 'there.period_end_at') }} as bigint) as age_seconds,
        -- Pending is not waiting: it is the customer's turn.
        case
            when there.status <> 'pending'
                then cast({{ seconds_between('waits.asked_at', 'there.period_end_at') }} as bigint)
        end as waiting_seconds
    from there
    inner join tickets on there.ticket_key = tickets.ticket_key
    left join waits
        on there.ticket_key = waits.ticket_key
            and there.period_end_on >= waits.asked_on
            and (waits.ended_on is null or there.period_end_on < waits.ended_on)

)

select * from final
