-- Grain: one of churn and retention × period.
with

bases as (

    select * from {{ ref('kpi_customer_bases') }}

),

unioned as (

    select 'churn_rate' as kpi_id, lost_customers as counted, * from bases
    union all
    select 'retention_rate' as kpi_id, customers - lost_customers as counted, * from bases

),

final as (

    select
        kpi_id,
        'default' as variant,
        'event' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        counted / nullif(customers, 0) as value,
        counted as numerator,
        customers as denominator,
        cast(customers as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
