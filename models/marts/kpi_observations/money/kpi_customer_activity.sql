-- Grain: one period × customer who joined, ordered or did something else in it.
with

customer_periods as (

    select * from {{ ref('fct_customer_periods') }}

),

activities as (

    select customer_key, started_on as date_day, 1 as joins, 0 as orders, 0 as interactions from customer_periods
    union all
    select customer_key, ordered_on as date_day, 0 as joins, 1 as orders, 0 as interactions
    from {{ ref('fct_orders') }}
    where customer_key is not null
    union all
    select customer_key, occurred_on as date_day, 0 as joins, 0 as orders, 1 as interactions
    from {{ ref('fct_engagement_events') }}

),

periods as (

    select
        *,
        min(date_day) over (partition by period_grain, period_start) as first_day
    from {{ ref('bridge_date_period') }}

),

summed as (

    select
        periods.period_grain,
        periods.period_start,
        periods.first_day,
        activities.customer_key,
        sum(activities.joins) as joins,
        sum(activities.orders) as orders,
        sum(activities.interactions) as interactions
    from activities
    inner join periods on activities.date_day = periods.date_day
    group by periods.period_grain, periods.period_start, periods.first_day, activities.customer_key

),

-- Active is who had a subscription on some day of the period, or placed an order in it.
final as (

    select
        summed.period_grain,
        summed.period_start,
        summed.customer_key,
        customer_periods.customer_key is not null as was_subscribed_at_start,
        customer_periods.customer_key is not null or summed.joins + summed.orders > 0 as is_active,
        summed.interactions
    from summed
    left join customer_periods
        on summed.customer_key = customer_periods.customer_key
            and summed.first_day > customer_periods.started_on
            and (customer_periods.ended_on is null or summed.first_day <= customer_periods.ended_on)

)

select * from final
