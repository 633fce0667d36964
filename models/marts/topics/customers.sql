-- Grain: one customer, with what they asked, said, pay and paid.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and requester_key is not null

),

contacts as (

    select
        requester_key as customer_key,
        count(*) as ticket_count,
        sum(case when status in ('solved', 'closed') then 0 else 1 end) as unsolved_ticket_count,
        sum(reopen_count) as reopen_count,
        min(created_on) as first_ticket_on,
        max(created_on) as last_ticket_on,
        {{ exact_sum('full_resolution_seconds') }} / nullif(count(full_resolution_seconds), 0) as mean_resolution_seconds
    from tickets
    group by requester_key

),

breaches as (

    select tickets.requester_key as customer_key, count(*) as breach_count
    from {{ ref('fct_sla_instances') }} as instances
    inner join tickets on instances.ticket_key = tickets.ticket_key
    where instances.state = 'breached'
    group by tickets.requester_key

),

calls as (

    select customer_key, count(*) as call_count from {{ ref('fct_calls') }} where is_offered group by customer_key

),

answers as (

    select
        surveys.*,
        row_number() over (
            partition by surveys.customer_key, surveys.kind order by surveys.responded_at desc nulls last, surveys.survey_key desc
        ) as recency
    from {{ ref('fct_surveys') }} as surveys
    left join {{ ref('fct_tickets') }} as asked_tickets on surveys.ticket_key = asked_tickets.ticket_key
    where surveys.normalised_score is not null
        and surveys.customer_key is not null
        and (surveys.ticket_key is null or asked_tickets.is_countable)

),

opinions as (

    select
        customer_key,
        count(is_satisfied) as csat_answer_count,
        sum(case when is_satisfied then 1.0 when not is_satisfied then 0.0 end) as satisfied_answer_count,
        sum(case when sentiment = 'negative' then 1 else 0 end) as negative_answer_count,
        max(case when recency = 1 then nps_category end) as nps_category,
        max(case when recency = 1 then ces_score end) as ces_score
    from answers
    group by customer_key

),

memberships as (

    select
        customer_key,
        min(started_on) as joined_on,
        max(period_number) as period_count,
        count(*) > count(ended_on) as is_active,
        max(ended_on) as last_ended_on
    from {{ ref('fct_customer_periods') }}
    group by customer_key

),

-- What one month brings, spread over its days: 365.25 days are twelve months.
subscriptions as (

    select
        subscriptions.customer_key,
        sum(case when subscriptions.ended_on is null then subscriptions.monthly_revenue end) as monthly_revenue,
        sum(case when subscriptions.ended_on is null then subscriptions.monthly_margin end) as monthly_margin,
        {{ exact_sum(
            'subscriptions.monthly_margin * (' ~ day_number('coalesce(subscriptions.ended_on, ' ~ days_after('run.last_day', 1) ~ ')')
            ~ ' - ' ~ day_number('subscriptions.started_on') ~ ')'
        ) }} * 12 / 365.25 as margin_to_date
    from {{ ref('fct_subscriptions') }} as subscriptions
    cross join {{ ref('dim_staffing_target') }} as run
    group by subscriptions.customer_key

),

orders as (

    select customer_key, count(*) as order_count, sum(amount) as order_amount, max(ordered_on) as last_ordered_on
    from {{ ref('fct_orders') }}
    group by customer_key

),

engagements as (

    select customer_key, count(*) as engagement_count, max(occurred_on) as last_engaged_on
    from {{ ref('fct_engagement_events') }}
    group by customer_key

),

final as (

    select
        customers.customer_key,
        customers.source_system,
        customers.source_account,
        customers.organization_key,
        customers.language,
        customers.acquisition_source,
        case when customers.acquisition_source is not null then lower(customers.acquisition_source) like 'referral%' end
            as is_referred,
        customers.created_on,
        memberships.joined_on,
        memberships.is_active,
        case when not memberships.is_active then memberships.last_ended_on end as lost_on,
        memberships.period_count > 1 as is_reactivated,
        cast(subscriptions.monthly_revenue as double) as monthly_revenue,
        cast(subscriptions.monthly_margin as double) as monthly_margin,
        subscriptions.margin_to_date,
        cast(coalesce(orders.order_count, 0) as bigint) as order_count,
        cast(orders.order_amount as double) as order_amount,
        orders.last_ordered_on,
        cast(coalesce(engagements.engagement_count, 0) as bigint) as engagement_count,
        engagements.last_engaged_on,
        cast(coalesce(contacts.ticket_count, 0) as bigint) as ticket_count,
        cast(coalesce(contacts.unsolved_ticket_count, 0) as bigint) as unsolved_ticket_count,
        cast(coalesce(calls.call_count, 0) as bigint) as call_count,
        cast(contacts.reopen_count as bigint) as reopen_count,
        contacts.first_ticket_on,
        contacts.last_ticket_on,
        {{ hours('contacts.mean_resolution_seconds') }} as mean_resolution_hours,
        cast(coalesce(breaches.breach_count, 0) as bigint) as sla_breach_count,
        cast(coalesce(opinions.csat_answer_count, 0) as bigint) as csat_answer_count,
        cast(opinions.satisfied_answer_count as double) / nullif(opinions.csat_answer_count, 0) as csat_rate,
        opinions.nps_category,
        opinions.ces_score,
        cast(coalesce(opinions.negative_answer_count, 0) as bigint) as negative_answer_count
    from {{ ref('dim_customer') }} as customers
    left join contacts on customers.customer_key = contacts.customer_key
    left join breaches on customers.customer_key = breaches.customer_key
    left join calls on customers.customer_key = calls.customer_key
    left join opinions on customers.customer_key = opinions.customer_key
    left join memberships on customers.customer_key = memberships.customer_key
    left join subscriptions on customers.customer_key = subscriptions.customer_key
    left join orders on customers.customer_key = orders.customer_key
    left join engagements on customers.customer_key = engagements.customer_key

)

select * from final
