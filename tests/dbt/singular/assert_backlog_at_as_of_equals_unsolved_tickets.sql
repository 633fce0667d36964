-- The running sum of changes ends where counting the tickets as they stand begins.
with

last_day as (

    select backlog_count
    from {{ ref('fct_backlog_daily') }}
    where slice = 'all' and date_day = (select max(date_day) from {{ ref('dim_date') }})

),

unsolved as (

    select count(*) as ticket_count
    from {{ ref('fct_tickets') }}
    where not is_spam and not is_test and not is_deleted and status not in ('solved', 'closed')

)

select unsolved.ticket_count, last_day.backlog_count
from unsolved
left join last_day on true
where unsolved.ticket_count <> coalesce(last_day.backlog_count, 0)
