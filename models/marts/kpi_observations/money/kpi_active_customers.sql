-- Grain: one period from the first customer's on: how many customers were active in it, and what they did.
with

periods as (

    select
        period_grain,
        period_start,
        is_over,
        min(date_day) as first_day,
        max(date_day) as last_day
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start, is_over

),

levels as (

    select date_day, customers from {{ ref('kpi_customer_levels') }}

),

beginnings as (

    select min(first_day) as first_day
    from (
        select min(started_on) as first_day from {{ ref('fct_customer_periods') }}
        union all
        select min(ordered_on) as first_day from {{ ref('fct_orders') }} where customer_key is not null
    )

),

activity as (

    select
        period_grain,
        period_start,
        sum(case when is_active and not was_subscribed_at_start then 1 else 0 end) as newly_active_customers,
        sum(case when is_active and interactions > 0 then 1 else 0 end) as engaged_customers,
        sum(case when is_active then interactions else 0 end) as interactions
    from {{ ref('kpi_customer_activity') }}
    group by period_grain, period_start

),

final as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        periods.last_day,
        levels.customers + coalesce(activity.newly_active_customers, 0) as active_customers,
        cast(coalesce(activity.engaged_customers, 0) as double) as engaged_customers,
        cast(coalesce(activity.interactions, 0) as double) as interactions
    from periods
    inner join beginnings on periods.last_day >= beginnings.first_day
    inner join levels on periods.first_day = levels.date_day
    left join activity on periods.period_grain = activity.period_grain and periods.period_start = activity.period_start

)

select * from final
