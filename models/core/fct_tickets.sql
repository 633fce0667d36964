-- Grain: one ticket of any helpdesk, as of the run.
with

tickets as (

    select * from {{ ref('int_tickets') }}

),

states as (

    select * from {{ ref('int_ticket_current_states') }}

),

lifecycles as (

    select * from {{ ref('int_ticket_lifecycles') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

message_counts as (

    select * from {{ ref('int_ticket_message_counts') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Without a history no solve time is invented, and the time in each status of a finished ticket is not known.
durations as (

    select
        states.ticket_key,
        states.is_time_unknown,
        lifecycles.first_solved_at,
        lifecycles.solved_at,
        {% for column in [
            'new_seconds', 'open_seconds', 'pending_seconds', 'hold_seconds', 'solved_gap_seconds', 'deleted_gap_seconds',
            'solve_count', 'reopen_count', 'assignee_change_count', 'team_change_count', 'agent_count'
        ] -%}
            coalesce(lifecycles.{{ column }}, 0) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from states
    left join lifecycles on states.ticket_key = lifecycles.ticket_key

),

final as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        states.status,
        states.priority,
        coalesce(tickets.ticket_type, 'unknown') as ticket_type,
        tickets.channel,
        tickets.origin,
        not (
            tickets.is_spam or tickets.is_test or states.is_deleted or states.merged_into_id is not null
        ) as is_countable,
        states.is_deleted,
        tickets.is_spam,
        tickets.is_test,
        states.merged_into_id,
        states.is_history_incomplete,
        case when tickets.requester_id is not null then tickets.requester_key end as requester_key,
        teams.team,
        agents.agent_key,
        tickets.created_at,
        durations.first_solved_at,
        durations.solved_at,
        states.closed_at,
        {{ reporting_day('tickets.created_at', 'run.reporting_time_zone') }} as created_on,
        {{ reporting_day('durations.first_solved_at', 'run.reporting_time_zone') }} as first_solved_on,
        {{ reporting_day('durations.solved_at', 'run.reporting_time_zone') }} as solved_on,
        durations.solved_at is not null
            or states.status = 'closed'
            or states.is_deleted
            or {{ seconds_between('tickets.created_at', 'run.as_of') }} >= run.maturity_days * 86400 as is_mature,
        {{ seconds_between('tickets.created_at', 'durations.first_solved_at') }} as first_resolution_seconds,
        {{ seconds_between('tickets.created_at', 'durations.solved_at') }} as full_resolution_seconds,
        {% for status in ['new', 'open', 'pending', 'hold', 'solved_gap', 'deleted_gap'] -%}
            cast(case when not durations.is_time_unknown then durations.{{ status }}_seconds end as bigint) as {{ status }}_seconds,
        {% endfor -%}
        cast(
            {{ seconds_between('tickets.created_at', 'durations.solved_at') }} - durations.pending_seconds as bigint
        ) as resolution_ex_pending_seconds,
        cast(
            {{ seconds_between('tickets.created_at', 'durations.solved_at') }} - durations.hold_seconds as bigint
        ) as resolution_ex_hold_seconds,
        cast(
            {{ seconds_between('tickets.created_at', 'durations.solved_at') }}
            - durations.pending_seconds - durations.hold_seconds as bigint
        ) as resolution_ex_pending_and_hold_seconds,
        cast(
            case
                when not durations.is_time_unknown
                    then durations.new_seconds + durations.open_seconds + durations.hold_seconds
            end as bigint
        ) as requester_wait_seconds,
        cast(case when not durations.is_time_unknown then durations.pending_seconds end as bigint) as agent_wait_seconds,
        cast(
            case when not durations.is_time_unknown then durations.new_seconds + durations.open_seconds end as bigint
        ) as agent_work_seconds,
        cast(case when not states.is_history_incomplete then durations.solve_count end as bigint) as solve_count,
        cast(case when not states.is_history_incomplete then durations.reopen_count end as bigint) as reopen_count,
        cast(durations.assignee_change_count as bigint) as assignee_change_count,
        cast(durations.team_change_count as bigint) as team_change_count,
        cast(durations.agent_count as bigint) as agent_count,
        cast(
            case when tickets.has_messages then coalesce(message_counts.customer_message_count, 0) end as bigint
        ) as customer_message_count,
        cast(
            case when tickets.has_messages then coalesce(message_counts.internal_note_count, 0) end as bigint
        ) as internal_note_count,
        tickets.vendor_resolved_at,
        {{ reporting_day('tickets.vendor_resolved_at', 'run.reporting_time_zone') }} as vendor_resolved_on,
        {{ seconds_between('tickets.created_at', 'tickets.vendor_resolved_at') }} as vendor_full_resolution_seconds,
        tickets.vendor_last_resolved_event_at,
        {{ reporting_day('tickets.vendor_last_resolved_event_at', 'run.reporting_time_zone') }} as vendor_last_resolved_event_on,
        {{ seconds_between('tickets.created_at', 'tickets.vendor_last_resolved_event_at') }} as vendor_last_resolved_event_seconds,
        tickets.is_vendor_sla_met,
        tickets.vendor_reassignment_count,
        tickets.vendor_reopen_count,
        tickets.vendor_modification_count
    from tickets
    inner join states on tickets.ticket_key = states.ticket_key
    cross join run
    inner join durations on tickets.ticket_key = durations.ticket_key
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and states.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and states.team_id = teams.team_id
    left join message_counts on tickets.ticket_key = message_counts.ticket_key

)

select * from final
