-- Grain: one ticket of any helpdesk, with what an analyst asks of it.
with

tickets as (

    select * from {{ ref('fct_tickets') }}

),

agents as (

    select agent_key, agent_name from {{ ref('dim_agent') }}

),

-- Whom the KPIs credit: who held it at its creation, and at the solve that stands.
created as (

    select ticket_key, team from {{ ref('kpi_ticket_milestones') }} where milestone = 'created'

),

solved as (

    select ticket_key, team, agent_key from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved'

),

sla as (

    select
        ticket_key,
        sum(case when state = 'met' then 1 else 0 end) as met_count,
        sum(case when state = 'breached' then 1 else 0 end) as breached_count,
        min(case state when 'met' then 1 when 'breached' then 0 end) as is_met,
        min(case when metric = 'first_reply' then case state when 'met' then 1 when 'breached' then 0 end end) as is_reply_met,
        min(
            case
                when metric in ('agent_work', 'requester_wait', 'total_resolution')
                    then case state when 'met' then 1 when 'breached' then 0 end
            end
        ) as is_resolution_met
    from {{ ref('fct_sla_instances') }}
    group by ticket_key

),

efforts as (

    select ticket_key, {{ exact_sum('ces_score') }} / count(*) as ces_score
    from {{ ref('fct_surveys') }}
    where ces_score is not null
    group by ticket_key

),

reviews as (

    select ticket_key, count(*) as review_count, {{ exact_sum('score') }} / nullif(count(score), 0) as quality_score
    from {{ ref('fct_quality_reviews') }}
    group by ticket_key

),

calls as (

    select ticket_key, count(*) as call_count, sum(handle_seconds) as call_handle_seconds
    from {{ ref('fct_calls') }}
    group by ticket_key

),

entries as (

    select ticket_key, sum(seconds) as seconds from {{ ref('fct_time_entries') }} group by ticket_key

),

unit_costs as (

    select period_start, slice_value as team, value
    from {{ ref('kpi_values') }}
    where kpi_id = 'cost_per_resolution' and variant = 'default' and period_grain = 'month' and slice = 'team'

),

final as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        tickets.is_countable,
        tickets.status,
        tickets.solved_at is not null as is_solved,
        tickets.priority,
        tickets.ticket_type,
        tickets.channel,
        tickets.origin,
        tickets.requester_key as customer_key,
        customers.organization_key,
        customers.language as customer_language,
        tickets.team,
        tickets.agent_key,
        agents.agent_name,
        created.team as created_team,
        solved.team as solved_team,
        solved.agent_key as solved_agent_key,
        solvers.agent_name as solved_agent_name,
        tickets.created_at,
        tickets.created_on,
        days.month_start as created_month,
        days.iso_weekday as created_weekday,
        cast(extract(hour from {{ utc_to_local('tickets.created_at', 'run.reporting_time_zone') }}) as bigint) as created_hour,
        tickets.first_replied_at,
        tickets.first_replied_on,
        tickets.first_solved_at,
        tickets.solved_at,
        tickets.solved_on,
        tickets.closed_at,
        cast(tickets.age_seconds as double) / 86400 as age_days,
        tickets.first_response_seconds,
        {{ hours('tickets.first_response_seconds') }} as first_response_hours,
        case when tickets.schedule_origin <> 'always_open' then {{ hours('tickets.first_response_business_seconds') }} end
            as first_response_business_hours,
        {{ hours('tickets.first_resolution_seconds') }} as first_resolution_hours,
        tickets.full_resolution_seconds,
        {{ hours('tickets.full_resolution_seconds') }} as full_resolution_hours,
        case when tickets.schedule_origin <> 'always_open' then {{ hours('tickets.full_resolution_business_seconds') }} end
            as full_resolution_business_hours,
        {{ hours('tickets.requester_wait_seconds') }} as requester_wait_hours,
        {{ hours('tickets.agent_work_seconds') }} as agent_work_hours,
        {{ hours('tickets.pending_seconds') }} as pending_hours,
        {{ hours('tickets.hold_seconds') }} as hold_hours,
        tickets.agent_reply_count,
        tickets.customer_message_count,
        tickets.internal_note_count,
        tickets.solve_count,
        tickets.reopen_count,
        tickets.assignee_change_count,
        tickets.team_change_count,
        tickets.agent_count,
        tickets.is_one_touch,
        tickets.is_first_contact_resolution,
        tickets.has_repeat_contact,
        tickets.is_misrouted,
        tickets.is_escalated,
        tickets.solved_by,
        tickets.resolution_method,
        cast(coalesce(sla.met_count, 0) as bigint) as sla_met_count,
        cast(coalesce(sla.breached_count, 0) as bigint) as sla_breached_count,
        sla.is_met = 1 as is_sla_met,
        sla.is_reply_met = 1 as is_first_reply_sla_met,
        sla.is_resolution_met = 1 as is_resolution_sla_met,
        tickets.is_vendor_sla_met,
        tickets.is_survey_offered,
        tickets.csat_score,
        efforts.ces_score,
        cast(coalesce(reviews.review_count, 0) as bigint) as quality_review_count,
        reviews.quality_score,
        cast(coalesce(calls.call_count, 0) as bigint) as call_count,
        cast(calls.call_handle_seconds as bigint) as call_handle_seconds,
        cast(entries.seconds as bigint) as time_entry_seconds,
        {{ hours('entries.seconds') }} as time_entry_hours,
        unit_costs.value as team_cost_per_resolution,
        cast(tickets.settled_amount as double) as settled_amount
    from tickets
    cross join {{ ref('dim_staffing_target') }} as run
    left join {{ ref('dim_date') }} as days on tickets.created_on = days.date_day
    left join {{ ref('dim_date') }} as solve_days on tickets.solved_on = solve_days.date_day
    left join {{ ref('dim_customer') }} as customers on tickets.requester_key = customers.customer_key
    left join agents on tickets.agent_key = agents.agent_key
    left join created on tickets.ticket_key = created.ticket_key
    left join solved on tickets.ticket_key = solved.ticket_key
    left join agents as solvers on solved.agent_key = solvers.agent_key
    left join sla on tickets.ticket_key = sla.ticket_key
    left join efforts on tickets.ticket_key = efforts.ticket_key
    left join reviews on tickets.ticket_key = reviews.ticket_key
    left join calls on tickets.ticket_key = calls.ticket_key
    left join entries on tickets.ticket_key = entries.ticket_key
    left join unit_costs on solved.team = unit_costs.team and solve_days.month_start = unit_costs.period_start

)

select * from final
