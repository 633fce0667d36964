-- How long until the first response, by channel and the quarter in which tickets were created?
-- `median_of_answered` forgets tickets that still wait or never were answered and so looks too good; `median_of_all`
-- (Kaplan–Meier) lets them count as long as they waited. It is NULL where too few were answered to tell.
select
    slice_value as channel,
    period_start as quarter_start,
    max(case when statistic = 'median' and clock = 'calendar' then value end) / 3600 as median_hours_of_answered,
    max(case when statistic = 'km_median' and clock = 'calendar' then value end) / 3600 as median_hours_of_all,
    max(case when statistic = 'km_median' and clock = 'business' then value end) / 3600 as median_business_hours_of_all,
    max(case when statistic = 'km_median' and clock = 'calendar' then n end) as answered,
    max(case when statistic = 'km_median' and clock = 'calendar' then n_censored end) as unanswered
from marts.kpi_values
where
    kpi_id in ('first_response_time', 'first_response_time_km')
    and variant = 'default'
    and attribution = 'created'
    and statistic in ('median', 'km_median')
    and period_grain = 'quarter'
    and slice = 'channel'
group by slice_value, period_start
order by channel, quarter_start;
