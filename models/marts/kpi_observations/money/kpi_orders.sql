-- Grain: one observation of one KPI of orders: an order on the day it was placed, or was known to be late.
with

-- A shop in which no order was ever confirmed, or told of, does not say so.
orders as (

    select
        *,
        count(confirmed_at) over (partition by source_system, source_account) > 0 as is_confirmation_told,
        count(notified_at) over (partition by source_system, source_account) > 0 as is_notice_told
    from {{ ref('fct_orders') }}

),

-- Until the minute is over, or the notice may still come, an order is in neither part; nor is a delay, which has its own time.
confirmed as (

    select
        'confirm_within_one_minute_rate' as kpi_id,
        'orders' as variant,
        'calendar' as clock,
        ordered_on as observed_on,
        case
            when confirmation_seconds <= 60 then 1.0
            when confirmation_seconds is not null or age_seconds > 60 then 0.0
        end as numerator,
        order_key,
        source_system
    from orders
    where is_confirmation_told

),

announced as (

    select 'default' as variant, ordered_on as observed_on, is_past_maturity as is_given_up, * from orders where is_notice_told
    union all
    select 'delayed' as variant, delayed_on as observed_on, is_delay_past_maturity as is_given_up, *
    from orders
    where is_notice_told and delayed_on is not null

),

told as (

    select
        *,
        case
            when is_notified_unasked then 1.0
            when notified_at is not null or first_asked_at is not null or is_given_up then 0.0
        end as numerator
    from announced

),

unioned as (

    select * from confirmed
    union all
    select
        'proactive_notification_rate' as kpi_id, variant, 'none' as clock, observed_on, numerator, order_key, source_system
    from told

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        clock,
        'rate' as measure,
        observed_on,
        order_key as subject_key,
        source_system,
        'unknown' as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        'unknown' as ticket_type,
        cast(numerator as double) as numerator,
        case when numerator is not null then 1.0 end as denominator,
        numerator is null as is_censored,
        numerator is null as is_immature
    from unioned

)

select * from final
