-- Grain: one phone call that is over.
with

calls as (

    select * from {{ ref('fct_calls') }}

),

agents as (

    select agent_key, agent_name from {{ ref('dim_agent') }}

),

legs as (

    select call_key, count(*) as leg_count from {{ ref('fct_call_legs') }} where agent_key is not null group by call_key

),

final as (

    select
        calls.call_key,
        calls.source_system,
        calls.source_account,
        calls.ticket_key,
        tickets.ticket_id,
        tickets.ticket_type,
        tickets.priority,
        calls.customer_key,
        customers.language as customer_language,
        calls.direction,
        calls.outcome,
        calls.block_cause,
        calls.team,
        calls.agent_key,
        agents.agent_name,
        calls.last_agent_key,
        last_agents.agent_name as last_agent_name,
        calls.started_at,
        calls.started_on,
        days.month_start as started_month,
        days.iso_weekday as started_weekday,
        cast(extract(hour from {{ utc_to_local('calls.started_at', 'run.reporting_time_zone') }}) as bigint) as started_hour,
        calls.ended_at,
        calls.worked_on,
        calls.is_offered,
        calls.is_offered and calls.outcome = 'answered' as is_answered,
        calls.is_offered and calls.is_abandoned and not calls.is_short_abandon as is_abandoned,
        calls.is_short_abandon,
        calls.direction = 'inbound' and calls.outcome = 'blocked' as is_blocked,
        calls.is_answered_within_target,
        calls.is_abandoned_within_target,
        calls.ivr_seconds,
        calls.wait_seconds,
        calls.abandon_seconds,
        calls.talk_seconds,
        calls.hold_seconds,
        calls.wrap_up_seconds,
        calls.handle_seconds,
        cast(calls.handle_seconds as double) / 60 as handle_minutes,
        cast(coalesce(legs.leg_count, 0) as bigint) as agent_leg_count,
        coalesce(calls.agent_key <> calls.last_agent_key, false) as is_passed_on
    from calls
    cross join {{ ref('dim_staffing_target') }} as run
    left join {{ ref('dim_date') }} as days on calls.started_on = days.date_day
    left join {{ ref('fct_tickets') }} as tickets on calls.ticket_key = tickets.ticket_key
    left join {{ ref('dim_customer') }} as customers on calls.customer_key = customers.customer_key
    left join agents on calls.agent_key = agents.agent_key
    left join agents as last_agents on calls.last_agent_key = last_agents.agent_key
    left join legs on calls.call_key = legs.call_key

)

select * from final
