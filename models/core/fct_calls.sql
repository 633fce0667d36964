-- Grain: one phone call that is over.
with

calls as (

    select * from {{ ref('int_calls') }}

),

tickets as (

    select ticket_key from {{ ref('int_tickets') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- A call that names no group was for the team of who took it.
linked as (

    select
        calls.*,
        tickets.ticket_key as known_ticket_key,
        first_agents.agent_key,
        last_agents.agent_key as last_agent_key,
        coalesce(calls.group_id, first_agents.home_team_id) as team_id,
        calls.direction = 'inbound' and calls.outcome like 'abandoned%' as is_abandoned,
        case calls.outcome
            when 'abandoned_in_queue' then calls.wait_seconds
            when 'abandoned_in_ivr' then coalesce(calls.ivr_seconds, calls.wait_seconds)
        end as abandon_seconds
    from calls
    left join tickets on calls.ticket_key = tickets.ticket_key
    left join agents as first_agents
        on calls.source_system = first_agents.source_system
            and calls.source_account = first_agents.source_account
            and calls.first_agent_id = first_agents.agent_id
    left join agents as last_agents
        on calls.source_system = last_agents.source_system
            and calls.source_account = last_agents.source_account
            and calls.last_agent_id = last_agents.agent_id

),

final as (

    select
        linked.call_key,
        linked.known_ticket_key as ticket_key,
        linked.source_system,
        linked.source_account,
        case
            when linked.customer_id is not null
                then {{ pseudonym(['linked.source_system', 'linked.source_account', 'linked.customer_id']) }}
        end as customer_key,
        linked.direction,
        linked.outcome,
        linked.block_cause,
        linked.agent_key,
        linked.last_agent_key,
        teams.team,
        teams.team_key,
        linked.started_at,
        linked.ended_at,
        linked.work_ended_at,
        {{ reporting_day('linked.started_at', 'run.reporting_time_zone') }} as started_on,
        case
            when linked.work_ended_at <= run.as_of then {{ reporting_day('linked.work_ended_at', 'run.reporting_time_zone') }}
        end as worked_on,
        linked.wait_seconds,
        linked.ivr_seconds,
        linked.talk_seconds,
        linked.hold_seconds,
        linked.wrap_up_seconds,
        case
            when linked.outcome in ('answered', 'abandoned_on_hold', 'callback')
                and coalesce(linked.talk_seconds, 0) + coalesce(linked.hold_seconds, 0) > 0
                then coalesce(linked.talk_seconds, 0) + coalesce(linked.hold_seconds, 0) + coalesce(linked.wrap_up_seconds, 0)
        end as handle_seconds,
        linked.abandon_seconds,
        linked.direction = 'inbound'
        and (linked.is_abandoned or linked.outcome in ('answered', 'voicemail', 'callback', 'overflowed', 'missed')) as is_offered,
        linked.is_abandoned,
        linked.is_abandoned and coalesce(linked.abandon_seconds <= run.short_abandon_seconds, false) as is_short_abandon,
        case
            when linked.direction = 'inbound' and linked.outcome = 'answered' then linked.wait_seconds <= run.answer_seconds
            else false
        end as is_answered_within_target,
        linked.is_abandoned and coalesce(linked.abandon_seconds <= run.answer_seconds, false) as is_abandoned_within_target
    from linked
    cross join run
    left join teams
        on linked.source_system = teams.source_system
            and linked.source_account = teams.source_account
            and linked.team_id = teams.team_id

)

select * from final
