{{ config(severity='warn') }}
-- An unknown priority is kept as the helpdesk writes it; map it in seeds/priorities.csv.
select tickets.source_system, tickets.vendor_priority, count(*) as ticket_count
from {{ ref('int_tickets') }} as tickets
left join {{ ref('priorities') }} as priorities
    on tickets.source_system = priorities.source_system and tickets.vendor_priority = priorities.vendor_priority
where tickets.vendor_priority is not null and priorities.vendor_priority is null
group by tickets.source_system, tickets.vendor_priority
