-- Grain: one ticket type × week, month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice = 'ticket_type' and period_grain <> 'day'

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        slice_value as ticket_type,
        {{ figure_count('tickets_created', 'created') }} as created_count,
        {{ figure('tickets_by_type', 'rate', 'created', variant='share') }} as share_rate,
        {{ figure('volume_change_pct', 'rate', 'created') }} as created_change_rate,
        {{ figure('type_growth_pct', 'rate', 'created') }} as growth_rate,
        {{ figure_count('tickets_solved', 'solved') }} as solved_count,
        {{ figure_count('backlog_unsolved', 'as_of') }} as backlog_count,
        {{ figure_count('backlog_overdue', 'as_of') }} as overdue_count,
        {{ figure_hours('backlog_age', 'median', 'as_of') }} as median_backlog_age_hours,
        {{ figure('misrouted_ticket_rate', 'rate', 'created') }} as misrouted_rate,
        {{ figure_hours('first_response_time', 'median') }} as median_first_response_hours,
        {{ figure('never_responded_rate', 'rate', 'created') }} as never_responded_rate,
        {{ figure_hours('average_resolution_time', 'median', 'solved') }} as median_resolution_hours,
        {{ figure_hours('average_resolution_time', 'p90', 'solved') }} as p90_resolution_hours,
        {{ figure_hours('average_resolution_time', 'median', 'solved', clock='business') }} as median_resolution_business_hours,
        {{ figure('resolved_within_target_rate', 'rate', 'created', clock='calendar') }} as resolved_within_target_rate,
        {{ figure('first_contact_resolution_rate', 'rate', 'solved') }} as first_contact_resolution_rate,
        {{ figure('one_touch_rate', 'rate', 'solved') }} as one_touch_rate,
        {{ figure('self_solved_rate', 'rate', 'solved') }} as self_solved_rate,
        {{ figure('reopen_rate', 'rate') }} as reopen_rate,
        {{ figure('escalation_rate', 'rate', 'solved') }} as escalation_rate,
        {{ figure('repeat_contact_rate', 'rate', 'solved') }} as repeat_contact_rate,
        {{ figure('type_complexity', 'mean', 'solved', variant='touches') }} as mean_touches,
        {{ figure('type_complexity', 'mean', 'solved', variant='agents') }} as mean_agents,
        {{ figure('customer_effort_touches', 'mean', 'solved', variant='customer_messages') }} as mean_customer_messages,
        {{ figure('sla_attainment_rate', 'rate') }} as sla_attainment_rate,
        {{ figure_count('sla_breach_count') }} as sla_breach_count,
        {{ figure_count('csat_score', statistic='rate', column='n') }} as csat_answer_count,
        {{ figure('csat_score', 'rate') }} as csat_rate,
        {{ figure('ces', 'score') }} as ces_score,
        {{ figure('article_helpfulness', 'rate') }} as article_helpful_rate,
        {{ figure('value_settled', 'sum', 'solved') }} as settled_amount
    from figures
    group by period_grain, period_start, slice_value

),

final as (

    select
        pivoted.*,
        history.first_seen_on,
        history.last_seen_on,
        coalesce(history.is_new, false) as is_new,
        ranks.type_rank,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start
    left join {{ ref('ticket_type_history') }} as history on pivoted.ticket_type = history.ticket_type
    left join {{ ref('top_ticket_types') }} as ranks
        on pivoted.period_grain = ranks.period_grain
            and pivoted.period_start = ranks.period_start
            and pivoted.ticket_type = ranks.ticket_type

)

select * from final
