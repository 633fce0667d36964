-- Grain: one observation of one KPI of what agents get done: an action of an agent on a ticket, or an agent's hours of a day.
with

agents as (

    select * from {{ ref('dim_agent') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

messages as (

    select * from {{ ref('fct_messages') }} where is_counting_reply

),

spells as (

    select * from {{ ref('fct_ticket_spells') }} where is_solve

),

worked as (

    select agent_key, date_day, sum(counted_seconds) / cast(3600 as double) as hours
    from {{ ref('fct_agent_time') }}
    where is_at_work
    group by agent_key, date_day

),

-- What agents do whose hours are not told has nothing to be divided by.
first_told as (

    select agent_key, min(date_day) as first_day from worked group by agent_key

),

actions as (

    select messages.ticket_key, messages.author_key as agent_key, messages.sent_on as observed_on, false as is_last_solve
    from messages
    inner join tickets on messages.ticket_key = tickets.ticket_key
    union all
    select
        spells.ticket_key,
        spells.agent_key,
        spells.started_on as observed_on,
        coalesce(spells.started_at = tickets.solved_at, false) as is_last_solve
    from spells
    inner join tickets on spells.ticket_key = tickets.ticket_key

),

credited as (

    select distinct actions.ticket_key, actions.agent_key, actions.observed_on, actions.is_last_solve
    from actions
    inner join first_told on actions.agent_key = first_told.agent_key and actions.observed_on >= first_told.first_day

),

handled as (

    select distinct ticket_key, agent_key, observed_on from credited

),

solved as (

    select ticket_key, agent_key, observed_on from credited where is_last_solve

),

observed as (

    select
        'tickets_handled_per_hour' as kpi_id, 'event' as attribution, 'distinct_per_unit' as measure,
        ticket_key as subject_key, agent_key, observed_on, 1 as numerator, cast(0 as double) as denominator
    from handled
    union all
    select
        'tickets_handled_per_hour' as kpi_id, 'event' as attribution, 'distinct_per_unit' as measure,
        cast(null as {{ dbt.type_string() }}) as subject_key, agent_key, date_day as observed_on, 0 as numerator, hours as denominator
    from worked
    union all
    select
        'tickets_solved_per_hour' as kpi_id, 'solved' as attribution, 'distinct_per_unit' as measure,
        ticket_key as subject_key, agent_key, observed_on, 1 as numerator, cast(0 as double) as denominator
    from solved
    union all
    select
        'tickets_solved_per_hour' as kpi_id, 'solved' as attribution, 'distinct_per_unit' as measure,
        cast(null as {{ dbt.type_string() }}) as subject_key, agent_key, date_day as observed_on, 0 as numerator, hours as denominator
    from worked
    union all
    select
        'handled_to_solved_ratio' as kpi_id, 'event' as attribution, 'distinct_rate' as measure,
        ticket_key as subject_key, agent_key, observed_on, 1 as numerator, cast(0 as double) as denominator
    from handled
    union all
    select
        'handled_to_solved_ratio' as kpi_id, 'event' as attribution, 'distinct_rate' as measure,
        ticket_key as subject_key, agent_key, observed_on, 0 as numerator, cast(1 as double) as denominator
    from solved

),

final as (

    select
        observed.kpi_id,
        'default' as variant,
        observed.attribution,
        'none' as clock,
        observed.measure,
        observed.observed_on,
        observed.subject_key,
        agents.source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        agents.home_team as team,
        observed.agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(observed.numerator as double) as numerator,
        observed.denominator,
        false as is_censored,
        false as is_immature
    from observed
    inner join agents on observed.agent_key = agents.agent_key

)

select * from final
