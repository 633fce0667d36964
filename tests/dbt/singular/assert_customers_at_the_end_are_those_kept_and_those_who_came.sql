-- Customers at the end less those who came in the period are those retained: start - lost = end - joined and still there.
with

came as (

    select days.period_grain, days.period_start, count(*) as customers
    from {{ ref('fct_customer_periods') }} as customer_periods
    inner join {{ ref('bridge_date_period') }} as days on customer_periods.started_on = days.date_day
    inner join {{ ref('kpi_customer_bases') }} as bases
        on days.period_grain = bases.period_grain and days.period_start = bases.period_start
    where customer_periods.ended_on is null or customer_periods.ended_on >= bases.next_day
    group by days.period_grain, days.period_start

)

select bases.period_grain, bases.period_start, bases.customers, bases.lost_customers, ends.customers as customers_at_end
from {{ ref('kpi_customer_bases') }} as bases
inner join {{ ref('kpi_customer_levels') }} as ends on bases.next_day = ends.date_day
left join came on bases.period_grain = came.period_grain and bases.period_start = came.period_start
where bases.customers - bases.lost_customers <> ends.customers - coalesce(came.customers, 0)
