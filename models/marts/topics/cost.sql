-- Grain: one team, or the whole service, × month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice in ('all', 'team') and period_grain in ('month', 'quarter', 'year')

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        slice = 'all' as is_whole_service,
        slice_value as team,
        {{ figure('support_cost_total', 'sum') }} as support_cost,
        {{ figure('support_cost_total', 'sum', column='is_complete') }} as is_cost_complete,
        {{ figure_count('cost_per_contact', statistic='mean', column='denominator') }} as contact_count,
        {{ figure('cost_per_contact', 'mean') }} as cost_per_contact,
        {{ figure_count('cost_per_resolution', 'solved', statistic='mean', column='denominator') }} as resolution_count,
        {{ figure('cost_per_resolution', 'mean', 'solved') }} as cost_per_resolution,
        {{ figure_hours('operating_hours_spent', 'sum', clock='none') }} as logged_hours,
        {{ figure_hours('operating_hours_spent', 'sum', clock='none', variant='handling') }} as handling_hours,
        {{ figure('value_settled', 'sum', 'solved') }} as settled_amount,
        {{ figure('value_settled_per_ticket', 'mean', 'solved') }} as settled_amount_per_ticket,
        {{ figure('value_settled_per_ticket', 'rate', 'solved', variant='coverage') }} as settled_coverage_rate
    from figures
    group by period_grain, period_start, slice, slice_value

),

final as (

    select
        pivoted.*,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start

)

select * from final
