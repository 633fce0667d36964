-- Grain: one reporting day, also the one after the last: what holds of customers as it begins.
with

customer_periods as (

    select * from {{ ref('fct_customer_periods') }}

),

subscriptions as (

    select * from {{ ref('fct_subscriptions') }} where monthly_margin is not null

),

days as (

    select date_day from {{ ref('dim_date') }}
    union
    select cast({{ days_after('max(date_day)', 1) }} as date) as date_day from {{ ref('dim_date') }}

),

changes as (

    select
        started_on as date_day, 1 as customers,
        case when is_margin_known then 1 else 0 end as paying_customers,
        case when is_margin_known and not is_reactivation then 1 else 0 end as paying_customers_ever,
        0 as monthly_margin, 0 as margin_days
    from customer_periods
    union all
    select
        ended_on as date_day, -1 as customers,
        case when is_margin_known then -1 else 0 end as paying_customers,
        0 as paying_customers_ever, 0 as monthly_margin, 0 as margin_days
    from customer_periods
    where ended_on is not null
    union all
    select
        started_on as date_day, 0 as customers, 0 as paying_customers, 0 as paying_customers_ever, monthly_margin,
        cast(monthly_margin * {{ day_number('started_on') }} as decimal(28, 4)) as margin_days
    from subscriptions
    union all
    select
        ended_on as date_day, 0 as customers, 0 as paying_customers, 0 as paying_customers_ever,
        -monthly_margin as monthly_margin,
        cast(-monthly_margin * {{ day_number('ended_on') }} as decimal(28, 4)) as margin_days
    from subscriptions
    where ended_on is not null

),

-- A day begins before what happens on it: its marker comes first.
ordered as (

    select
        date_day, 1 as is_change, sum(customers) as customers, sum(paying_customers) as paying_customers,
        sum(paying_customers_ever) as paying_customers_ever, sum(monthly_margin) as monthly_margin,
        sum(margin_days) as margin_days
    from changes
    group by date_day
    union all
    select
        date_day, 0 as is_change, 0 as customers, 0 as paying_customers, 0 as paying_customers_ever,
        0 as monthly_margin, 0 as margin_days
    from days

),

running as (

    select
        date_day,
        is_change,
        sum(customers) over running_total as customers,
        sum(paying_customers) over running_total as paying_customers,
        sum(paying_customers_ever) over running_total as paying_customers_ever,
        sum(monthly_margin) over running_total as monthly_margin,
        sum(margin_days) over running_total as margin_days
    from ordered
    window running_total as (
        order by date_day, is_change rows between unbounded preceding and current row
    )

),

-- What one unit of margin earned per day since it began is the day's number less the number of the day it began on.
final as (

    select
        date_day,
        cast(customers as double) as customers,
        cast(paying_customers as double) as paying_customers,
        cast(paying_customers_ever as double) as paying_customers_ever,
        cast(monthly_margin as double) as monthly_margin,
        (cast(monthly_margin as double) * cast({{ day_number('date_day') }} as double) - cast(margin_days as double))
        * 12 / 365.25 as margin_to_date
    from running
    where is_change = 0

)

select * from final
