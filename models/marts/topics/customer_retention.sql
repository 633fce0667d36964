-- Grain: one week, month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice = 'all' and period_grain <> 'day'

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        {{ figure_count('churn_rate', statistic='rate', column='denominator') }} as customers_at_start_count,
        {{ figure_count('churn_rate', statistic='rate', column='numerator') }} as lost_customer_count,
        {{ figure('churn_rate', 'rate') }} as churn_rate,
        {{ figure('retention_rate', 'rate') }} as retention_rate,
        {{ figure('clv', 'mean', 'as_of') }} as predicted_lifetime_value,
        {{ figure('clv', 'mean', 'as_of', variant='historic') }} as margin_per_customer_to_date,
        {{ figure_count('referral_rate', 'created', statistic='rate', column='denominator') }} as new_customer_count,
        {{ figure_count('referral_rate', 'created', statistic='rate', column='numerator') }} as referred_customer_count,
        {{ figure('referral_rate', 'rate', 'created') }} as referral_rate,
        {{ figure('contact_rate', 'rate', 'created') }} as contacts_per_customer,
        {{ figure('contact_rate', 'rate', 'created', variant='per_order') }} as contacts_per_order,
        {{ figure('customer_engagement', 'rate') }} as engaged_customer_rate,
        {{ figure('customer_engagement', 'rate', variant='interactions_per_customer') }} as interactions_per_customer,
        {{ figure('support_to_churn', 'rate') }} as churn_difference_after_bad_support,
        {{ figure_count('csat_score', statistic='rate', column='n') }} as csat_answer_count,
        {{ figure('csat_score', 'rate') }} as csat_rate,
        {{ figure('nps', 'score') }} as nps
    from figures
    group by period_grain, period_start

),

final as (

    select
        pivoted.*,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start

)

select * from final
