-- Grain: one team × week, month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice = 'team' and period_grain <> 'day'

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        slice_value as team,
        {{ figure_count('tickets_created', 'created') }} as created_count,
        {{ figure_count('tickets_solved', 'solved') }} as solved_count,
        {{ figure_count('net_ticket_flow') }} as net_flow_count,
        {{ figure_count('backlog_unsolved', 'as_of') }} as backlog_count,
        {{ figure_count('backlog_overdue', 'as_of') }} as overdue_count,
        {{ figure_count('unassigned_backlog', 'as_of') }} as unassigned_count,
        {{ figure_hours('backlog_age', 'median', 'as_of') }} as median_backlog_age_hours,
        {{ figure('misrouted_ticket_rate', 'rate', 'created') }} as misrouted_rate,
        {{ figure_hours('first_response_time', 'median') }} as median_first_response_hours,
        {{ figure_hours('first_response_time', 'p90') }} as p90_first_response_hours,
        {{ figure_hours('first_response_time', 'median', clock='business') }} as median_first_response_business_hours,
        {{ figure('response_within_target_rate', 'rate', 'created', clock='calendar') }} as response_within_target_rate,
        {{ figure('never_responded_rate', 'rate', 'created') }} as never_responded_rate,
        {{ figure_hours('reply_time_all', 'median') }} as median_reply_hours,
        {{ figure_hours('average_resolution_time', 'median', 'solved') }} as median_resolution_hours,
        {{ figure_hours('average_resolution_time', 'p90', 'solved') }} as p90_resolution_hours,
        {{ figure_hours('average_resolution_time', 'median', 'solved', clock='business') }} as median_resolution_business_hours,
        {{ figure('resolved_within_target_rate', 'rate', 'created', clock='calendar') }} as resolved_within_target_rate,
        {{ figure('first_contact_resolution_rate', 'rate', 'solved') }} as first_contact_resolution_rate,
        {{ figure('one_touch_rate', 'rate', 'solved') }} as one_touch_rate,
        {{ figure('reopen_rate', 'rate') }} as reopen_rate,
        {{ figure('escalation_rate', 'rate', 'solved') }} as escalation_rate,
        {{ figure('sla_attainment_rate', 'rate') }} as sla_attainment_rate,
        {{ figure_count('sla_breach_count') }} as sla_breach_count,
        {{ figure_count('csat_score', statistic='rate', column='n') }} as csat_answer_count,
        {{ figure('csat_score', 'rate') }} as csat_rate,
        {{ figure('nps', 'score') }} as nps,
        {{ figure('ces', 'score') }} as ces_score,
        {{ figure('iqs', 'rate') }} as quality_rate,
        {{ figure_count('abandonment_rate', statistic='rate', column='n') }} as offered_call_count,
        {{ figure('abandonment_rate', 'rate') }} as abandonment_rate,
        {{ figure('service_level_answer', 'rate') }} as call_service_level_rate,
        {{ figure('average_speed_of_answer', 'mean', clock='calendar') }} as mean_speed_of_answer_seconds,
        {{ figure('average_handle_time', 'mean', clock='calendar') }} as mean_call_handle_seconds,
        {{ figure_hours('operating_hours_spent', 'sum', clock='none') }} as logged_hours,
        {{ figure('occupancy', 'rate') }} as occupancy_rate,
        {{ figure('utilisation', 'rate') }} as utilisation_rate,
        {{ figure('shrinkage', 'rate') }} as shrinkage_rate,
        {{ figure('tickets_handled_per_hour', 'rate') }} as handled_tickets_per_hour,
        {{ figure('tickets_solved_per_hour', 'rate', 'solved') }} as solved_tickets_per_hour,
        {{ figure_count('required_agents', statistic='max') }} as most_required_agent_count,
        {{ figure('staffing_adequacy', 'rate') }} as staffing_adequacy_ratio,
        {{ figure('support_cost_total', 'sum') }} as support_cost,
        {{ figure('cost_per_contact', 'mean') }} as cost_per_contact,
        {{ figure('cost_per_resolution', 'mean', 'solved') }} as cost_per_resolution,
        {{ figure('value_settled', 'sum', 'solved') }} as settled_amount
    from figures
    group by period_grain, period_start, slice_value

),

final as (

    select
        pivoted.*,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start

)

select * from final
