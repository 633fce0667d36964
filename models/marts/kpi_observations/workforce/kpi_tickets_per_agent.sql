-- Grain: one number of tickets created per full-time agent × slice value × period, so far as it has passed.
with

told as (

    select period_grain, period_start, slice, slice_value, numerator
    from {{ ref('kpi_period_aggregates') }}
    where kpi_id = 'tickets_created' and slice = 'source_system'

),

created_tickets as (

    select milestones.observed_on, coalesce(first_teams.team, 'unassigned') as team
    from {{ ref('kpi_ticket_milestones') }} as milestones
    left join {{ ref('kpi_first_teams') }} as first_teams on milestones.ticket_key = first_teams.ticket_key
    where milestones.milestone = 'created' and milestones.is_countable

),

agents as (

    select * from {{ ref('dim_agent') }}

),

days as (

    select
        periods.*,
        dates.is_weekday
    from {{ ref('bridge_date_period') }} as periods
    inner join {{ ref('dim_date') }} as dates on periods.date_day = dates.date_day

),

shifts as (

    select shifts.date_day, shifts.full_time_days, agents.source_system, agents.home_team
    from {{ ref('fct_shifts') }} as shifts
    inner join agents on shifts.agent_key = agents.agent_key
    where shifts.full_time_days > 0

),

sliced as (

    select 'all' as slice, 'all' as slice_value, date_day, full_time_days from shifts
    union all
    select 'source_system' as slice, source_system as slice_value, date_day, full_time_days from shifts
    union all
    select 'team' as slice, coalesce(home_team, 'unassigned') as slice_value, date_day, full_time_days from shifts

),

staffed_systems as (

    select distinct source_system from shifts

),

-- Tickets of a helpdesk whose shifts nobody tells are other agents' tickets.
created as (

    select * from told
    union all
    select told.period_grain, told.period_start, 'all' as slice, 'all' as slice_value, {{ exact_sum('told.numerator') }} as numerator
    from told
    inner join staffed_systems
        on told.slice = 'source_system' and told.slice_value = staffed_systems.source_system
    group by told.period_grain, told.period_start
    union all
    select days.period_grain, days.period_start, 'team' as slice, created_tickets.team as slice_value, cast(count(*) as double) as numerator
    from created_tickets
    inner join days on created_tickets.observed_on = days.date_day
    group by days.period_grain, days.period_start, created_tickets.team

),

scheduled as (

    select slice, slice_value, date_day, {{ exact_sum('full_time_days') }} as full_time_days
    from sliced
    group by slice, slice_value, date_day

),

first_seen as (

    select slice, slice_value, min(date_day) as first_day from scheduled group by slice, slice_value

),

-- Whoever is paid for five days of a week's five working days is one agent. A day off by itself counts as one day.
staffed as (

    select
        days.period_grain,
        days.period_start,
        days.is_over,
        first_seen.slice,
        first_seen.slice_value,
        coalesce({{ exact_sum('scheduled.full_time_days') }}, 0) / greatest(sum(case when days.is_weekday then 1 else 0 end), 1) as agents
    from first_seen
    cross join days
    left join scheduled
        on first_seen.slice = scheduled.slice
            and first_seen.slice_value = scheduled.slice_value
            and days.date_day = scheduled.date_day
    group by days.period_grain, days.period_start, days.is_over, first_seen.slice, first_seen.slice_value, first_seen.first_day
    having max(days.date_day) >= first_seen.first_day

),

final as (

    select
        'tickets_per_agent' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        staffed.period_grain,
        staffed.period_start,
        staffed.slice,
        staffed.slice_value,
        coalesce(created.numerator, 0) / nullif(staffed.agents, 0) as value,
        cast(coalesce(created.numerator, 0) as double) as numerator,
        staffed.agents as denominator,
        cast(coalesce(created.numerator, 0) as bigint) as n,
        cast(0 as bigint) as n_censored,
        staffed.is_over as is_complete
    from staffed
    left join created
        on staffed.period_grain = created.period_grain
            and staffed.period_start = created.period_start
            and staffed.slice = created.slice
            and staffed.slice_value = created.slice_value

)

select * from final
