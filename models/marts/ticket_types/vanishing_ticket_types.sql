-- Grain: one ticket type × day on which it began to vanish: frequent in the four weeks before the last four, and at most half as frequent now.
with

daily as (

    select ticket_type, created_on, count(*) as ticket_count
    from {{ ref('fct_tickets') }}
    where is_countable and ticket_type <> 'unknown'
    group by ticket_type, created_on

),

as_of as (

    select max(date_day) as last_day from {{ ref('dim_date') }}

),

-- A ticket is recent for 28 days and earlier for 28 more: only on three days of it does anything change.
changes as (

    select ticket_type, created_on as changed_on, ticket_count as recent_change, 0 as earlier_change from daily
    union all
    select
        ticket_type,
        {{ days_after('created_on', 28) }} as changed_on,
        -ticket_count as recent_change,
        ticket_count as earlier_change
    from daily
    union all
    select
        ticket_type,
        {{ days_after('created_on', 56) }} as changed_on,
        0 as recent_change,
        -ticket_count as earlier_change
    from daily

),

summed as (

    select
        changes.ticket_type,
        changes.changed_on,
        sum(changes.recent_change) as recent_change,
        sum(changes.earlier_change) as earlier_change
    from changes
    inner join as_of on changes.changed_on <= as_of.last_day
    group by changes.ticket_type, changes.changed_on

),

levels as (

    select
        ticket_type,
        changed_on,
        sum(recent_change) over (
            partition by ticket_type order by changed_on rows between unbounded preceding and current row
        ) as recent_count,
        sum(earlier_change) over (
            partition by ticket_type order by changed_on rows between unbounded preceding and current row
        ) as earlier_count
    from summed

),

judged as (

    select *, earlier_count >= 8 and recent_count * 2 <= earlier_count as is_vanishing from levels

),

compared as (

    select *, lag(is_vanishing) over (partition by ticket_type order by changed_on) as was_vanishing
    from judged

),

final as (

    select
        ticket_type,
        changed_on as vanishing_on,
        cast(earlier_count as bigint) as earlier_ticket_count,
        cast(recent_count as bigint) as recent_ticket_count
    from compared
    where is_vanishing and not coalesce(was_vanishing, false)

)

select * from final
