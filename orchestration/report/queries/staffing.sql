-- Half hours of the last seven days that are over and of the week to come: staff required and on shift.
with

now as (
    select cast(as_of as date) as today from meta.publication
)

select date_day, half_hour, is_over, forecast_count, contact_count, required_agents, scheduled_agents
from marts.staffing_requirements
cross join now
where slice = 'all' and date_day between today - 7 and today + 7
order by date_day, half_hour
