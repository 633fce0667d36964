-- Grain: one observation of one KPI of load and attendance: an agent's tickets at a time on a day, a helpdesk account's open time of a day.
with

agents as (

    select * from {{ ref('dim_agent') }}

),

loads as (

    select
        loads.date_day,
        loads.agent_key,
        agents.source_system,
        agents.home_team as team,
        loads.ticket_seconds,
        loads.holding_seconds,
        loads.max_ticket_count
    from {{ ref('fct_agent_workload_daily') }} as loads
    inner join agents on loads.agent_key = agents.agent_key

),

attendance as (

    select * from {{ ref('fct_opening_attendance') }}

),

observed as (

    select
        'concurrent_tickets_per_agent' as kpi_id, 'default' as variant, 'as_of' as attribution, 'average' as measure,
        date_day, agent_key as subject_key, source_system, team, agent_key,
        ticket_seconds as numerator, holding_seconds as denominator
    from loads
    union all
    select
        'concurrent_tickets_per_agent' as kpi_id, 'default' as variant, 'as_of' as attribution, 'max' as measure,
        date_day, agent_key as subject_key, source_system, team, agent_key,
        max_ticket_count as numerator, cast(null as bigint) as denominator
    from loads
    union all
    select
        'availability_rate' as kpi_id, 'default' as variant, 'event' as attribution, 'rate' as measure,
        date_day, opening_attendance_key as subject_key, source_system,
        cast(null as {{ dbt.type_string() }}) as team, cast(null as {{ dbt.type_string() }}) as agent_key,
        attended_seconds as numerator, open_seconds as denominator
    from attendance
    union all
    select
        'availability_rate' as kpi_id, 'ready' as variant, 'event' as attribution, 'rate' as measure,
        date_day, opening_attendance_key as subject_key, source_system,
        cast(null as {{ dbt.type_string() }}) as team, cast(null as {{ dbt.type_string() }}) as agent_key,
        ready_seconds as numerator, open_seconds as denominator
    from attendance

),

final as (

    select
        kpi_id,
        variant,
        attribution,
        'none' as clock,
        measure,
        date_day as observed_on,
        subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        team,
        agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
