-- Grain: one observation of one KPI of agents' time: an agent's reporting day, of one state where the variant is one.
with

agents as (

    select * from {{ ref('dim_agent') }}

),

-- An agent's seconds of a state and day together: a day has dozens of states.
states as (

    select
        agent_key,
        date_day,
        state,
        is_handling,
        is_at_work,
        sum(counted_seconds) as seconds,
        sum(paid_seconds) as paid_seconds
    from {{ ref('fct_agent_time') }}
    group by agent_key, date_day, state, is_handling, is_at_work

),

days as (

    select
        agent_key,
        date_day,
        sum(case when state = 'offline' then 0 else seconds end) as on_duty_seconds,
        sum(case when is_at_work then seconds else 0 end) as at_work_seconds,
        sum(case when is_handling then seconds else 0 end) as handling_seconds,
        sum(case when is_at_work then paid_seconds else 0 end) as paid_at_work_seconds,
        sum(case when is_handling then paid_seconds else 0 end) as paid_handling_seconds
    from states
    group by agent_key, date_day

),

paid as (

    select agent_key, date_day, sum(paid_seconds) as seconds
    from {{ ref('fct_shifts') }}
    group by agent_key, date_day

),

-- Where no states are told nobody knows what was done with the paid time.
first_told as (

    select agents.source_system, agents.source_account, min(days.date_day) as first_day
    from days
    inner join agents on days.agent_key = agents.agent_key
    group by agents.source_system, agents.source_account

),

paid_days as (

    select
        paid.agent_key,
        paid.date_day,
        paid.seconds,
        coalesce(days.paid_at_work_seconds, 0) as at_work_seconds,
        coalesce(days.paid_handling_seconds, 0) as handling_seconds
    from paid
    inner join agents on paid.agent_key = agents.agent_key
    inner join first_told
        on agents.source_system = first_told.source_system
            and agents.source_account = first_told.source_account
            and paid.date_day >= first_told.first_day
    left join days on paid.agent_key = days.agent_key and paid.date_day = days.date_day
    where paid.seconds > 0

),

observed as (

    select
        'occupancy' as kpi_id, 'default' as variant, 'rate' as measure, agent_key, date_day,
        handling_seconds as numerator, at_work_seconds as denominator
    from days
    where at_work_seconds > 0
    union all
    select
        'utilisation' as kpi_id, 'default' as variant, 'rate' as measure, agent_key, date_day,
        handling_seconds as numerator, seconds as denominator
    from paid_days
    union all
    select
        'shrinkage' as kpi_id, 'default' as variant, 'rate' as measure, agent_key, date_day,
        seconds - at_work_seconds as numerator, seconds as denominator
    from paid_days
    union all
    select
        'operating_hours_spent' as kpi_id, 'default' as variant, 'sum' as measure, agent_key, date_day,
        on_duty_seconds as numerator, cast(null as bigint) as denominator
    from days
    where on_duty_seconds > 0
    union all
    select
        'operating_hours_spent' as kpi_id, state as variant, 'sum' as measure, agent_key, date_day,
        seconds as numerator, cast(null as bigint) as denominator
    from states

),

final as (

    select
        observed.kpi_id,
        observed.variant,
        'event' as attribution,
        'none' as clock,
        observed.measure,
        observed.date_day as observed_on,
        observed.agent_key as subject_key,
        agents.source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        agents.home_team as team,
        observed.agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(observed.numerator as double) as numerator,
        cast(observed.denominator as double) as denominator,
        false as is_censored,
        false as is_immature
    from observed
    inner join agents on observed.agent_key = agents.agent_key

)

select * from final
