-- At which half hours are we short of staff on the phone?
-- Half hours of a day in the reporting time zone, over the last 12 weeks: `gap` is agents required by Erlang C minus agents
-- on shift, positive when too few. Half hours without a forecast call are not in it.
select
    slice_value as team,
    half_hour / 2.0 as hour_of_day,
    count(*) as days,
    avg(forecast_count) as forecast_calls,
    avg(contact_count) as calls,
    avg(required_agents) as required_agents,
    avg(scheduled_agents) as scheduled_agents,
    avg(required_agents - scheduled_agents) as gap,
    count(case when scheduled_agents < required_agents then 1 end) as days_short
from marts.staffing_requirements
cross join (select max(date_day) as last_day from core.dim_date) as dates
where slice = 'team' and is_over and date_day > last_day - interval '84' day
group by slice_value, half_hour
order by team, hour_of_day;
