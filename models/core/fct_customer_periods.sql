-- Grain: one uninterrupted time in which a customer had a subscription.
with

subscriptions as (

    select * from {{ ref('fct_subscriptions') }}

),

preceded as (

    select
        *,
        max(coalesce(ended_on, cast('9999-12-01' as date))) over (
            partition by customer_key order by started_at, subscription_key
            rows between unbounded preceding and 1 preceding
        ) as ended_on_before
    from subscriptions

),

-- Who has no day without a subscription was never lost: an upgrade ends one and begins the next.
numbered as (

    select
        *,
        sum(case when ended_on_before >= {{ days_after('started_on', -1) }} then 0 else 1 end) over (
            partition by customer_key order by started_at, subscription_key
            rows between unbounded preceding and current row
        ) as period_number
    from preceded

),

final as (

    select
        {{ surrogate_key(['customer_key', 'period_number']) }} as customer_period_key,
        customer_key,
        source_system,
        source_account,
        cast(period_number as bigint) as period_number,
        period_number > 1 as is_reactivation,
        min(started_at) as started_at,
        case when count(ended_at) = count(*) then max(ended_at) end as ended_at,
        min(started_on) as started_on,
        case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
        count(monthly_margin) > 0 as is_margin_known
    from numbered
    group by customer_key, source_system, source_account, period_number

)

select * from final
