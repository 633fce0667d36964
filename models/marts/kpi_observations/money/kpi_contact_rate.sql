-- Grain: one ratio of contacts to active customers, or to orders × period.
with

contacts as (

    select period_grain, period_start, numerator as contacts
    from {{ ref('kpi_period_aggregates') }}
    where kpi_id = 'contact_volume_total' and variant = 'default' and slice = 'all'

),

first_contacts as (

    select min(period_start) as first_day from contacts where period_grain = 'day'

),

periods as (

    select period_grain, period_start, is_over, max(date_day) as last_day
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start, is_over

),

orders as (

    select periods.period_grain, periods.period_start, count(*) as orders
    from {{ ref('fct_orders') }} as orders
    inner join {{ ref('bridge_date_period') }} as periods on orders.ordered_on = periods.date_day
    group by periods.period_grain, periods.period_start

),

first_orders as (

    select min(period_start) as first_day from orders where period_grain = 'day'

),

unioned as (

    select 'default' as variant, period_grain, period_start, active_customers as denominator
    from {{ ref('kpi_active_customers') }}
    union all
    select 'per_order' as variant, periods.period_grain, periods.period_start, coalesce(orders.orders, 0) as denominator
    from periods
    inner join first_orders on periods.last_day >= first_orders.first_day
    left join orders on periods.period_grain = orders.period_grain and periods.period_start = orders.period_start

),

-- A ratio is told from the first day on that both of its parts are known of.
final as (

    select
        'contact_rate' as kpi_id,
        unioned.variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        unioned.period_grain,
        unioned.period_start,
        'all' as slice,
        'all' as slice_value,
        cast(coalesce(contacts.contacts, 0) as double) / nullif(cast(unioned.denominator as double), 0) as value,
        cast(coalesce(contacts.contacts, 0) as double) as numerator,
        cast(unioned.denominator as double) as denominator,
        cast(unioned.denominator as bigint) as n,
        cast(0 as bigint) as n_censored,
        periods.is_over as is_complete
    from unioned
    inner join periods
        on unioned.period_grain = periods.period_grain and unioned.period_start = periods.period_start
    inner join first_contacts on periods.last_day >= first_contacts.first_day
    left join contacts
        on unioned.period_grain = contacts.period_grain and unioned.period_start = contacts.period_start

)

select * from final
