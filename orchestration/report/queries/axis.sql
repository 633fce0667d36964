-- Periods of each grain that the page can show, the newest ones, numbered from the oldest of them.
create or replace temp table axis as
with

periods as (
    select distinct period_grain, period_start
    from core.bridge_date_period
),

ranked as (
    select
        period_grain,
        period_start,
        row_number() over (partition by period_grain order by period_start desc) as age
    from periods
)

select
    ranked.period_grain,
    ranked.period_start,
    row_number() over (partition by ranked.period_grain order by ranked.period_start) - 1 as position,
    ranked.age <= limits.each_periods as is_for_each
from ranked
inner join limits on ranked.period_grain = limits.period_grain
where ranked.age <= limits.all_periods
