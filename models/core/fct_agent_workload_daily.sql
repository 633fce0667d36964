-- Grain: one agent × reporting day on which unsolved tickets were assigned to the agent.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- As in the backlog: what was deleted or merged later was in hand until then.
tickets as (

    select ticket_key from {{ ref('fct_tickets') }} where not is_spam and not is_test

),

held as (

    select
        spells.agent_key,
        spells.started_at,
        coalesce(spells.ended_at, run.as_of) as ended_at
    from {{ ref('fct_ticket_spells') }} as spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    cross join run
    where spells.agent_key is not null and spells.status not in ('solved', 'closed')

),

agents as (

    select
        held.agent_key,
        run.reporting_time_zone,
        {{ reporting_day('min(held.started_at)', 'run.reporting_time_zone') }} as first_day,
        {{ reporting_day('max(held.ended_at)', 'run.reporting_time_zone') }} as last_day
    from held
    cross join run
    group by held.agent_key, run.reporting_time_zone

),

midnights as (

    select
        agents.agent_key,
        agents.reporting_time_zone,
        cast(days.date_day as timestamp) as midnight
    from agents
    inner join {{ ref('dim_date') }} as days on agents.first_day < days.date_day and agents.last_day >= days.date_day

),

-- One more at the start, one less at the end, and none at each midnight: no row per ticket and day.
steps as (

    select agent_key, started_at as stepped_at, 1 as step from held
    union all
    select agent_key, ended_at as stepped_at, -1 as step from held
    union all
    select agent_key, {{ local_to_utc('midnight', 'reporting_time_zone') }} as stepped_at, 0 as step from midnights

),

instants as (

    select agent_key, stepped_at, sum(step) as step
    from steps
    group by agent_key, stepped_at

),

stretches as (

    select
        agent_key,
        stepped_at as from_at,
        lead(stepped_at) over (partition by agent_key order by stepped_at) as to_at,
        sum(step) over (
            partition by agent_key order by stepped_at rows between unbounded preceding and current row
        ) as ticket_count
    from instants

),

dated as (

    select
        stretches.agent_key,
        {{ reporting_day('stretches.from_at', 'run.reporting_time_zone') }} as date_day,
        {{ seconds_between('stretches.from_at', 'stretches.to_at') }} as seconds,
        stretches.ticket_count
    from stretches
    cross join run
    where stretches.ticket_count > 0 and stretches.to_at is not null

),

daily as (

    select
        agent_key,
        date_day,
        sum(seconds) as holding_seconds,
        sum(ticket_count * seconds) as ticket_seconds,
        max(ticket_count) as max_ticket_count
    from dated
    group by agent_key, date_day

),

final as (

    select
        {{ surrogate_key(['agent_key', 'date_day']) }} as agent_workload_key,
        agent_key,
        date_day,
        cast(holding_seconds as bigint) as holding_seconds,
        cast(ticket_seconds as bigint) as ticket_seconds,
        cast(max_ticket_count as bigint) as max_ticket_count
    from daily

)

select * from final
