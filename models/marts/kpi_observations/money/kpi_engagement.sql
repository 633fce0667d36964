-- Grain: one ratio of engagement to active customers × period.
with

active_customers as (

    select * from {{ ref('kpi_active_customers') }}

),

-- Before the first event nobody is known not to have been engaged.
first_events as (

    select min(occurred_on) as first_day from {{ ref('fct_engagement_events') }}

),

unioned as (

    select 'default' as variant, engaged_customers as numerator, * from active_customers
    union all
    select 'interactions_per_customer' as variant, interactions as numerator, * from active_customers

),

final as (

    select
        'customer_engagement' as kpi_id,
        unioned.variant,
        'event' as attribution,
        'rate' as statistic,
        'none' as clock,
        unioned.period_grain,
        unioned.period_start,
        'all' as slice,
        'all' as slice_value,
        unioned.numerator / nullif(unioned.active_customers, 0) as value,
        unioned.numerator,
        unioned.active_customers as denominator,
        cast(unioned.active_customers as bigint) as n,
        cast(0 as bigint) as n_censored,
        unioned.is_over as is_complete
    from unioned
    inner join first_events on unioned.last_day >= first_events.first_day

)

select * from final
