-- Grain: one observation of one KPI of referrals: a new customer of whom it is known how they were won.
with

customers as (

    select
        *,
        case when lower(acquisition_source) like 'referral%' then 1.0 else 0.0 end as is_referred
    from {{ ref('dim_customer') }}
    where created_on is not null and acquisition_source is not null

),

unioned as (

    select 'default' as variant, 'rate' as measure, 1.0 as denominator, * from customers
    union all
    select 'referred_customers' as variant, 'count' as measure, cast(null as double) as denominator, *
    from customers
    where is_referred = 1

),

final as (

    select
        'referral_rate' as kpi_id,
        variant,
        'created' as attribution,
        'none' as clock,
        measure,
        created_on as observed_on,
        customer_key as subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(is_referred as double) as numerator,
        cast(denominator as double) as denominator,
        false as is_censored,
        false as is_immature
    from unioned

)

select * from final
