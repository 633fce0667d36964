-- Where nothing was deleted, undeleted or merged, what came minus what went is what the backlog grew by.
with

days as (

    select
        date_day,
        backlog_count - coalesce(lag(backlog_count) over (order by date_day), 0) as backlog_change,
        sum(undeleted_count + deleted_count + merged_count) over () as unusual_count
    from {{ ref('fct_backlog_daily') }}
    where slice = 'all'

),

test_or_unusual_tickets as (

    select count(*) as ticket_count from {{ ref('fct_tickets') }} where not is_countable

)

select days.date_day, days.backlog_change, net_flow.value
from days
cross join test_or_unusual_tickets
inner join {{ ref('kpi_values') }} as net_flow
    on days.date_day = net_flow.period_start
        and net_flow.kpi_id = 'net_ticket_flow'
        and net_flow.period_grain = 'day'
        and net_flow.slice = 'all'
where days.unusual_count = 0 and test_or_unusual_tickets.ticket_count = 0
    and days.backlog_change <> net_flow.value
