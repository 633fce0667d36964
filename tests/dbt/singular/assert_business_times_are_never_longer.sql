-- Opening hours are a part of all hours: for no ticket and no wait does business time pass calendar time.
select calendar.ticket_key
from {{ ref('kpi_first_responses') }} as calendar
inner join {{ ref('kpi_first_responses') }} as business on calendar.ticket_key = business.ticket_key
where calendar.clock = 'calendar'
    and business.clock = 'business'
    and (business.response_seconds > calendar.response_seconds or business.waited_seconds > calendar.waited_seconds)
union all
select calendar.ticket_key
from {{ ref('kpi_ticket_times') }} as calendar
inner join {{ ref('kpi_ticket_times') }} as business on calendar.ticket_key = business.ticket_key
where calendar.clock = 'calendar'
    and business.clock = 'business'
    and (
        business.first_resolution_seconds > calendar.first_resolution_seconds
        or business.full_resolution_seconds > calendar.full_resolution_seconds
        or business.running_seconds > calendar.running_seconds
    )
union all
select ticket_key from {{ ref('fct_reply_waits') }} where business_seconds > seconds
