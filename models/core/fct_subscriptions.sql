-- Grain: one subscription of a customer, as of the run.
with

subscriptions as (

    select * from {{ ref('stg_generic__subscriptions') }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- An end that is known beforehand has not come yet; one before the beginning is taken for the beginning.
known as (

    select
        subscriptions.*,
        case
            when subscriptions.ended_at <= run.as_of then greatest(subscriptions.ended_at, subscriptions.started_at)
        end as known_ended_at,
        run.reporting_time_zone
    from subscriptions
    cross join run
    where subscriptions.started_at <= run.as_of

),

dated as (

    select
        *,
        {{ reporting_day('started_at', 'reporting_time_zone') }} as started_on,
        {{ reporting_day('known_ended_at', 'reporting_time_zone') }} as ended_on
    from known

),

final as (

    select
        {{ pseudonym([
            'dated.source_system', 'dated.source_account', 'dated.customer_id', 'dated.started_at'
        ]) }} as subscription_key,
        {{ pseudonym(['dated.source_system', 'dated.source_account', 'dated.customer_id']) }} as customer_key,
        dated.source_system,
        dated.source_account,
        dated.started_at,
        dated.known_ended_at as ended_at,
        dated.started_on,
        dated.ended_on,
        dated.monthly_revenue as original_monthly_revenue,
        dated.currency,
        dated.margin_rate,
        cast(dated.monthly_revenue * rates.rate as decimal(18, 4)) as monthly_revenue,
        cast(
            cast(dated.monthly_revenue * rates.rate as double) * cast(dated.margin_rate as double) as decimal(18, 4)
        ) as monthly_margin
    from dated
    left join rates on {{ exchange_rate_of('rates', 'dated.currency', 'dated.started_on') }}

)

select * from final
