-- Grain: one order, as of the run.
with

orders as (

    select * from {{ ref('stg_generic__orders') }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- What happened after as_of has not happened yet.
known as (

    select
        orders.source_system,
        orders.source_account,
        orders.order_id,
        orders.customer_id,
        orders.ordered_at,
        case when orders.confirmed_at <= run.as_of then orders.confirmed_at end as confirmed_at,
        case when orders.shipped_at <= run.as_of then orders.shipped_at end as shipped_at,
        case when orders.delayed_at <= run.as_of then orders.delayed_at end as delayed_at,
        case when orders.notified_at <= run.as_of then orders.notified_at end as notified_at,
        case when orders.first_asked_at <= run.as_of then orders.first_asked_at end as first_asked_at,
        orders.amount as original_amount,
        orders.currency,
        run.as_of,
        run.reporting_time_zone,
        run.maturity_days
    from orders
    cross join run
    where orders.ordered_at <= run.as_of

),

dated as (

    select
        *,
        {{ reporting_day('ordered_at', 'reporting_time_zone') }} as ordered_on,
        {{ reporting_day('delayed_at', 'reporting_time_zone') }} as delayed_on
    from known

),

final as (

    select
        {{ surrogate_key(['dated.source_system', 'dated.source_account', 'dated.order_id']) }} as order_key,
        case
            when dated.customer_id is not null
                then {{ pseudonym(['dated.source_system', 'dated.source_account', 'dated.customer_id']) }}
        end as customer_key,
        dated.source_system,
        dated.source_account,
        dated.ordered_at,
        dated.confirmed_at,
        dated.shipped_at,
        dated.delayed_at,
        dated.notified_at,
        dated.first_asked_at,
        dated.ordered_on,
        dated.delayed_on,
        {{ seconds_between('dated.ordered_at', 'dated.confirmed_at') }} as confirmation_seconds,
        {{ seconds_between('dated.ordered_at', 'dated.as_of') }} as age_seconds,
        {{ seconds_between('dated.ordered_at', 'dated.as_of') }} >= dated.maturity_days * 86400 as is_past_maturity,
        {{ seconds_between('dated.delayed_at', 'dated.as_of') }} >= dated.maturity_days * 86400 as is_delay_past_maturity,
        dated.notified_at is not null
        and (dated.first_asked_at is null or dated.notified_at < dated.first_asked_at) as is_notified_unasked,
        dated.original_amount,
        dated.currency,
        cast(dated.original_amount * rates.rate as decimal(18, 4)) as amount
    from dated
    left join rates on {{ exchange_rate_of('rates', 'dated.currency', 'dated.ordered_on') }}

)

select * from final
