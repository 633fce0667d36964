-- Lost calls are those lost in the menu, in the queue and on hold; what blocked calls are a share of is them and the offered.
with

by_period as (

    select
        period_grain, period_start, slice, slice_value,
        sum(case when kpi_id = 'abandonment_rate' and variant = 'default' then numerator end) as lost_count,
        sum(case when kpi_id = 'abandonment_rate' and variant <> 'default' then numerator end) as lost_in_parts_count,
        sum(case when kpi_id = 'abandonment_rate' and variant = 'default' then denominator end) as offered_count,
        sum(case when kpi_id = 'blocked_calls' and variant = 'default' then value end) as blocked_count,
        sum(case when kpi_id = 'blocked_call_rate' then denominator end) as all_count
    from {{ ref('kpi_values') }}
    where kpi_id in ('abandonment_rate', 'blocked_calls', 'blocked_call_rate')
    group by period_grain, period_start, slice, slice_value

)

select *
from by_period
where coalesce(lost_count, 0) <> coalesce(lost_in_parts_count, 0)
    or all_count <> coalesce(offered_count, 0) + blocked_count
