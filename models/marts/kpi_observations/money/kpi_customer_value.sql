-- Grain: one lifetime value of a customer, predicted or earned so far × month, quarter or year.
with

bases as (

    select
        *,
        case period_grain when 'month' then 1 when 'quarter' then 3 else 12 end as months
    from {{ ref('kpi_customer_bases') }}
    where period_grain in ('month', 'quarter', 'year') and paying_customers_ever_at_end > 0

),

-- Nobody lost is no life without an end: it has no value. Fewer lost than one in 60 months count as that many.
predicted as (

    select
        'default' as variant,
        monthly_margin_at_end * months / nullif(paying_customers_at_end, 0) as numerator,
        case
            when lost_customers > 0 then greatest(lost_customers / nullif(customers, 0), cast(months as double) / 60)
        end as denominator,
        paying_customers_at_end as customer_count,
        period_grain, period_start, is_over
    from bases

),

earned as (

    select
        'historic' as variant,
        margin_to_date_at_end as numerator,
        paying_customers_ever_at_end as denominator,
        paying_customers_ever_at_end as customer_count,
        period_grain, period_start, is_over
    from bases

),

unioned as (

    select * from predicted
    union all
    select * from earned

),

final as (

    select
        'clv' as kpi_id,
        variant,
        'as_of' as attribution,
        'mean' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        numerator / nullif(denominator, 0) as value,
        numerator,
        denominator,
        cast(customer_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
