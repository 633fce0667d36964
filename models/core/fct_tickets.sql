-- Grain: one ticket of any helpdesk, as of the run.
with

tickets as (

    select * from {{ ref('int_tickets') }}

),

states as (

    select * from {{ ref('int_ticket_current_states') }}

),

durations as (

    select * from {{ ref('int_ticket_durations') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

business_durations as (

    select * from {{ ref('int_ticket_business_durations') }}

),

schedules as (

    select ticket_key, schedule_key, schedule_origin from {{ ref('int_ticket_schedules') }} where is_first

),

repeat_contacts as (

    select * from {{ ref('int_repeat_contacts') }}

),

message_counts as (

    select * from {{ ref('int_ticket_message_counts') }}

),

routes as (

    select * from {{ ref('int_ticket_routes') }}

),

solvers as (

    select * from {{ ref('int_ticket_solvers') }}

),

-- A missed target alone hands a ticket to nobody.
escalated as (

    select distinct ticket_key from {{ ref('fct_escalations') }} where escalation_type <> 'sla_breach'

),

surveys as (

    select
        ticket_key,
        max(case when is_latest then case score when 'good' then 1.0 when 'bad' then 0.0 end end) as csat_score
    from {{ ref('fct_survey_events') }}
    where kind = 'csat'
    group by ticket_key

),

surveying_accounts as (

    select distinct source_system, source_account
    from {{ ref('fct_survey_events') }}
    where kind = 'csat' and ticket_key is not null

),

settlements as (

    select * from {{ ref('int_ticket_settlements') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

facts as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        states.status,
        states.priority,
        tickets.ticket_type,
        tickets.channel,
        tickets.origin,
        not tickets.is_spam
        and not tickets.is_test
        and not states.is_deleted
        and states.merged_into_id is null as is_countable,
        states.is_deleted,
        tickets.is_spam,
        tickets.is_test,
        states.merged_into_id,
        states.is_history_incomplete,
        case when tickets.requester_id is not null then tickets.requester_key end as requester_key,
        teams.team,
        teams.team_key,
        agents.agent_key,
        schedules.schedule_key,
        schedules.schedule_origin,
        tickets.created_at,
        message_counts.first_replied_at,
        durations.first_solved_at,
        durations.solved_at,
        states.closed_at,
        {{ reporting_day('tickets.created_at', 'run.reporting_time_zone') }} as created_on,
        {{ reporting_day('message_counts.first_replied_at', 'run.reporting_time_zone') }} as first_replied_on,
        {{ reporting_day('durations.first_solved_at', 'run.reporting_time_zone') }} as first_solved_on,
        {{ reporting_day('durations.solved_at', 'run.reporting_time_zone') }} as solved_on,
        durations.solved_at is not null
        or states.status = 'closed'
        or states.is_deleted
        or {{ seconds_between('tickets.created_at', 'run.as_of') }} >= run.maturity_days * 86400 as is_mature,
        {{ seconds_between('tickets.created_at', 'run.as_of') }} >= run.maturity_days * 86400 as is_past_maturity,
        {{ seconds_between('tickets.created_at', 'run.as_of') }} as age_seconds,
        {{ seconds_between('tickets.created_at', 'message_counts.first_replied_at') }} as first_response_seconds,
        durations.first_resolution_seconds,
        durations.full_resolution_seconds,
        durations.new_seconds,
        durations.open_seconds,
        durations.pending_seconds,
        durations.hold_seconds,
        durations.solved_gap_seconds,
        durations.deleted_gap_seconds,
        durations.resolution_ex_pending_seconds,
        durations.resolution_ex_hold_seconds,
        durations.resolution_ex_pending_and_hold_seconds,
        durations.requester_wait_seconds,
        durations.agent_wait_seconds,
        durations.agent_work_seconds,
        business_durations.first_response_business_seconds,
        business_durations.first_resolution_business_seconds,
        business_durations.full_resolution_business_seconds,
        business_durations.new_business_seconds,
        business_durations.open_business_seconds,
        business_durations.pending_business_seconds,
        business_durations.hold_business_seconds,
        business_durations.solved_gap_business_seconds,
        business_durations.deleted_gap_business_seconds,
        business_durations.resolution_ex_pending_business_seconds,
        business_durations.resolution_ex_hold_business_seconds,
        business_durations.resolution_ex_pending_and_hold_business_seconds,
        business_durations.requester_wait_business_seconds,
        business_durations.agent_wait_business_seconds,
        business_durations.agent_work_business_seconds,
        business_durations.first_response_business_seconds_at_event,
        business_durations.first_resolution_business_seconds_at_event,
        business_durations.full_resolution_business_seconds_at_event,
        business_durations.new_business_seconds_at_event,
        business_durations.open_business_seconds_at_event,
        business_durations.pending_business_seconds_at_event,
        business_durations.hold_business_seconds_at_event,
        business_durations.solved_gap_business_seconds_at_event,
        business_durations.deleted_gap_business_seconds_at_event,
        business_durations.resolution_ex_pending_business_seconds_at_event,
        business_durations.resolution_ex_hold_business_seconds_at_event,
        business_durations.resolution_ex_pending_and_hold_business_seconds_at_event,
        business_durations.requester_wait_business_seconds_at_event,
        business_durations.agent_wait_business_seconds_at_event,
        business_durations.agent_work_business_seconds_at_event,
        business_durations.first_response_business_seconds_at_creation,
        business_durations.first_resolution_business_seconds_at_creation,
        business_durations.full_resolution_business_seconds_at_creation,
        business_durations.new_business_seconds_at_creation,
        business_durations.open_business_seconds_at_creation,
        business_durations.pending_business_seconds_at_creation,
        business_durations.hold_business_seconds_at_creation,
        business_durations.solved_gap_business_seconds_at_creation,
        business_durations.deleted_gap_business_seconds_at_creation,
        business_durations.resolution_ex_pending_business_seconds_at_creation,
        business_durations.resolution_ex_hold_business_seconds_at_creation,
        business_durations.resolution_ex_pending_and_hold_business_seconds_at_creation,
        business_durations.requester_wait_business_seconds_at_creation,
        business_durations.agent_wait_business_seconds_at_creation,
        business_durations.agent_work_business_seconds_at_creation,
        durations.solve_count,
        durations.reopen_count,
        durations.assignee_change_count,
        durations.team_change_count,
        durations.agent_count,
        cast(coalesce(routes.assignee_station_count, 0) as bigint) as assignee_station_count,
        cast(coalesce(routes.team_station_count, 0) as bigint) as team_station_count,
        case when routes.is_misrouted or not states.is_history_incomplete then coalesce(routes.is_misrouted, false) end
            as is_misrouted,
        case when escalated.ticket_key is not null or not states.is_history_incomplete then escalated.ticket_key is not null end
            as is_escalated,
        solvers.solved_by,
        cast(
            case when tickets.has_messages then coalesce(message_counts.agent_reply_count, 0) end as bigint
        ) as agent_reply_count,
        cast(
            case when tickets.has_messages then coalesce(message_counts.customer_message_count, 0) end as bigint
        ) as customer_message_count,
        cast(
            case when tickets.has_messages then coalesce(message_counts.internal_note_count, 0) end as bigint
        ) as internal_note_count,
        case
            when tickets.has_messages and durations.solved_at is not null
                then coalesce(message_counts.agent_reply_count, 0) <= 1
        end as is_one_touch,
        case
            when not tickets.has_messages or durations.solved_at is null then null
            when durations.reopen_count > 0
                or coalesce(message_counts.customer_message_count, 0) > 1
                or repeat_contacts.next_contact_at <= {{ seconds_after('durations.solved_at', 'run.repeat_contact_days * 86400') }}
                then false
            when run.as_of >= {{ seconds_after('durations.solved_at', 'run.repeat_contact_days * 86400') }} then true
        end as is_first_contact_resolution,
        case
            when repeat_contacts.next_contact_at <= {{ seconds_after('durations.solved_at', 'run.repeat_contact_days * 86400') }}
                then true
            when repeat_contacts.ticket_key is not null
                and run.as_of >= {{ seconds_after('durations.solved_at', 'run.repeat_contact_days * 86400') }}
                then false
        end as has_repeat_contact,
        case when surveying_accounts.source_account is not null then surveys.ticket_key is not null end as is_survey_offered,
        cast(surveys.csat_score as double) as csat_score,
        settlements.settled_original_amount,
        settlements.settled_currency,
        settlements.settled_amount,
        tickets.vendor_resolved_at,
        {{ reporting_day('tickets.vendor_resolved_at', 'run.reporting_time_zone') }} as vendor_resolved_on,
        {{ seconds_between('tickets.created_at', 'tickets.vendor_resolved_at') }} as vendor_full_resolution_seconds,
        tickets.vendor_last_resolved_event_at,
        {{ reporting_day('tickets.vendor_last_resolved_event_at', 'run.reporting_time_zone') }}
            as vendor_last_resolved_event_on,
        {{ seconds_between('tickets.created_at', 'tickets.vendor_last_resolved_event_at') }}
            as vendor_last_resolved_event_seconds,
        tickets.is_vendor_sla_met,
        tickets.vendor_reassignment_count,
        tickets.vendor_reopen_count,
        tickets.vendor_modification_count
    from tickets
    inner join states on tickets.ticket_key = states.ticket_key
    cross join run
    inner join durations on tickets.ticket_key = durations.ticket_key
    left join business_durations on tickets.ticket_key = business_durations.ticket_key
    left join schedules on tickets.ticket_key = schedules.ticket_key
    left join repeat_contacts on tickets.ticket_key = repeat_contacts.ticket_key
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and states.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and states.team_id = teams.team_id
    left join settlements on tickets.ticket_key = settlements.ticket_key
    left join message_counts on tickets.ticket_key = message_counts.ticket_key
    left join routes on tickets.ticket_key = routes.ticket_key
    left join solvers on tickets.ticket_key = solvers.ticket_key
    left join escalated on tickets.ticket_key = escalated.ticket_key
    left join surveys on tickets.ticket_key = surveys.ticket_key
    left join surveying_accounts
        on tickets.source_system = surveying_accounts.source_system
            and tickets.source_account = surveying_accounts.source_account

),

-- The first that holds: who solved it comes before how.
final as (

    select
        *,
        case
            when merged_into_id is not null then 'merged'
            when solved_at is null then null
            when solved_by = 'customer' then 'self_service'
            when solved_by = 'bot' then 'bot'
            when solved_by = 'system' then 'auto_closed'
            when is_escalated then 'after_escalation'
            when agent_reply_count = 0 then 'no_reply'
            when is_first_contact_resolution then 'first_contact'
            when is_one_touch then 'one_touch'
            when agent_reply_count > 1 then 'several_touches'
            else 'unknown'
        end as resolution_method
    from facts

)

select * from final
