-- Grain: one agent × week, month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice = 'agent' and slice_value <> 'unassigned' and period_grain <> 'day'

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        slice_value as agent_key,
        {{ figure_count('tickets_solved', 'solved') }} as solved_count,
        {{ figure_count('backlog_unsolved', 'as_of') }} as backlog_count,
        {{ figure_count('backlog_overdue', 'as_of') }} as overdue_count,
        {{ figure('concurrent_tickets_per_agent', 'mean', 'as_of') }} as mean_concurrent_tickets,
        {{ figure_count('messages_outbound') }} as sent_message_count,
        {{ figure_count('first_response_time', statistic='median', column='n', clock='calendar') }} as first_reply_count,
        {{ figure_hours('first_response_time', 'median') }} as median_first_response_hours,
        {{ figure_hours('first_response_time', 'p90') }} as p90_first_response_hours,
        {{ figure_count('reply_time_all', statistic='median', column='n', clock='calendar') }} as reply_count,
        {{ figure_hours('reply_time_all', 'median') }} as median_reply_hours,
        {{ figure_hours('reply_time_all', 'median', clock='business') }} as median_reply_business_hours,
        {{ figure_count('late_reply_count_by_agent') }} as late_reply_count,
        {{ figure_hours('average_resolution_time', 'median', 'solved') }} as median_resolution_hours,
        {{ figure_hours('average_resolution_time', 'p90', 'solved') }} as p90_resolution_hours,
        {{ figure_hours('average_resolution_time', 'median', 'solved', clock='business') }} as median_resolution_business_hours,
        {{ figure('first_contact_resolution_rate', 'rate', 'solved') }} as first_contact_resolution_rate,
        {{ figure('one_touch_rate', 'rate', 'solved') }} as one_touch_rate,
        {{ figure('reopen_rate', 'rate') }} as reopen_rate,
        {{ figure('escalation_rate', 'rate', 'solved') }} as escalation_rate,
        {{ figure('repeat_contact_rate', 'rate', 'solved') }} as repeat_contact_rate,
        {{ figure('sla_attainment_rate', 'rate') }} as sla_attainment_rate,
        {{ figure_count('sla_breach_count') }} as sla_breach_count,
        {{ figure_count('csat_score', statistic='rate', column='n') }} as csat_answer_count,
        {{ figure('csat_score', 'rate') }} as csat_rate,
        {{ figure('ces', 'score') }} as ces_score,
        {{ figure('iqs', 'rate') }} as quality_rate,
        {{ figure_count('average_handle_time', statistic='mean', column='n', clock='calendar') }} as handled_call_count,
        {{ figure('average_handle_time', 'mean', clock='calendar') }} as mean_call_handle_seconds,
        {{ figure('after_call_work_time', 'mean', clock='calendar') }} as mean_call_wrap_up_seconds,
        {{ figure_hours('average_handle_time', 'mean', 'solved', clock='none', variant='tickets') }} as mean_ticket_handle_hours,
        {{ figure_hours('operating_hours_spent', 'sum', clock='none') }} as logged_hours,
        {{ figure('occupancy', 'rate') }} as occupancy_rate,
        {{ figure('utilisation', 'rate') }} as utilisation_rate,
        {{ figure('shrinkage', 'rate') }} as shrinkage_rate,
        {{ figure('tickets_handled_per_hour', 'rate') }} as handled_tickets_per_hour,
        {{ figure('tickets_solved_per_hour', 'rate', 'solved') }} as solved_tickets_per_hour,
        {{ figure_count('articles_contributed') }} as knowledge_contribution_count,
        {{ figure('value_settled', 'sum', 'solved') }} as settled_amount
    from figures
    group by period_grain, period_start, slice_value

),

final as (

    select
        pivoted.*,
        agents.agent_name,
        agents.source_system,
        agents.source_account,
        agents.home_team,
        agents.tier,
        agents.role,
        agents.is_active,
        agents.hired_on,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start
    left join {{ ref('dim_agent') }} as agents on pivoted.agent_key = agents.agent_key

)

select * from final
