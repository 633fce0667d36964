-- Grain: one period in which there were customers: who was there as it began, and which of them it lost.
with

bounds as (

    select
        period_grain,
        period_start,
        is_over,
        min(date_day) as first_day,
        cast({{ days_after('max(date_day)', 1) }} as date) as next_day
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start, is_over

),

levels as (

    select * from {{ ref('kpi_customer_levels') }}

),

customer_periods as (

    select * from {{ ref('fct_customer_periods') }}

),

beginnings as (

    select min(started_on) as first_started_on from customer_periods

),

-- Who joined in the period is in neither part, also when lost again in it; who was lost and came back was lost.
losses as (

    select bounds.period_grain, bounds.period_start, count(*) as lost_customers
    from customer_periods
    inner join {{ ref('bridge_date_period') }} as days on customer_periods.ended_on = days.date_day
    inner join bounds on days.period_grain = bounds.period_grain and days.period_start = bounds.period_start
    where customer_periods.started_on < bounds.first_day
    group by bounds.period_grain, bounds.period_start

),

final as (

    select
        bounds.period_grain,
        bounds.period_start,
        bounds.is_over,
        bounds.first_day,
        bounds.next_day,
        starts.customers,
        cast(coalesce(losses.lost_customers, 0) as double) as lost_customers,
        ends.paying_customers as paying_customers_at_end,
        ends.paying_customers_ever as paying_customers_ever_at_end,
        ends.monthly_margin as monthly_margin_at_end,
        ends.margin_to_date as margin_to_date_at_end
    from bounds
    inner join beginnings on bounds.next_day > beginnings.first_started_on
    inner join levels as starts on bounds.first_day = starts.date_day
    inner join levels as ends on bounds.next_day = ends.date_day
    left join losses on bounds.period_grain = losses.period_grain and bounds.period_start = losses.period_start

)

select * from final
