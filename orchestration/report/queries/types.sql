-- Ticket types of the last month that is over, the most common first.
select
    ticket_type, period_start, is_new, created_count, share_rate, created_change_rate,
    backlog_count, median_resolution_hours * 3600 as median_resolution_seconds, reopen_rate
from marts.ticket_types
where period_grain = 'month'
    and period_start = (select max(period_start) from marts.ticket_types where period_grain = 'month' and is_over)
    and created_count > 0
order by created_count desc, ticket_type
limit $most
