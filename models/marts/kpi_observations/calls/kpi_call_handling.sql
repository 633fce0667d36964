-- Grain: one observation of one KPI of agents' work on calls, on the day the work after the call ended.
with

-- Outbound calls are no contacts (E3).
calls as (

    select * from {{ ref('fct_calls') }} where direction = 'inbound' and handle_seconds is not null and worked_on is not null

),

-- Who passes a call on and gets it back has had one call.
legs as (

    select
        legs.worked_on, legs.call_key, legs.source_system, legs.team, legs.agent_key,
        sum(legs.handle_seconds) as handle_seconds
    from {{ ref('fct_call_legs') }} as legs
    inner join calls on legs.call_key = calls.call_key
    where legs.handle_seconds is not null
    group by legs.worked_on, legs.call_key, legs.source_system, legs.team, legs.agent_key

),

observed as (

    select
        'average_handle_time' as kpi_id, 'default' as variant, 'distribution' as measure,
        worked_on, call_key, source_system, team, last_agent_key as agent_key, handle_seconds as seconds
    from calls
    union all
    -- A call that was passed on is a part of each agent's work; the caller's one call is not the sum of them.
    select
        'average_handle_time' as kpi_id, 'per_agent' as variant, 'average' as measure,
        worked_on, call_key, source_system, team, agent_key, handle_seconds as seconds
    from legs
    union all
    select
        'after_call_work_time' as kpi_id, 'default' as variant, 'distribution' as measure,
        worked_on, call_key, source_system, team, last_agent_key as agent_key, wrap_up_seconds as seconds
    from calls
    where wrap_up_seconds is not null

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'calendar' as clock,
        measure,
        worked_on as observed_on,
        call_key as subject_key,
        source_system,
        'phone' as channel,
        team,
        agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(seconds as double) as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
