-- Grain: one half hour × queue (a team, or all of them) for which contacts are forecast.
with

targets as (

    select * from {{ ref('dim_staffing_target') }}

),

forecasts as (

    select * from {{ ref('staffing_forecasts') }}

),

contacts as (

    select * from {{ ref('staffing_contacts') }}

),

erlang as (

    select * from {{ ref('staffing_erlang') }}

),

localised as (

    select
        forecasts.*,
        targets.as_of,
        targets.reporting_time_zone,
        {{ seconds_after('cast(forecasts.date_day as timestamp)', '1800 * forecasts.half_hour') }} as local_at
    from forecasts
    cross join targets

),

placed as (

    select
        *,
        {{ local_to_utc('local_at', 'reporting_time_zone') }} as starts_at
    from localised

),

timed as (

    select
        *,
        {{ seconds_after('starts_at', '1800') }} as ends_at
    from placed

),

shifts as (

    select
        shifts.date_day,
        shifts.started_at,
        shifts.ended_at,
        coalesce(agents.home_team, 'unassigned') as team
    from {{ ref('fct_shifts') }} as shifts
    inner join {{ ref('dim_agent') }} as agents on shifts.agent_key = agents.agent_key
    where shifts.is_paid

),

sliced_shifts as (

    select 'team' as slice, team as slice_value, date_day, started_at, ended_at from shifts
    union all
    select 'all' as slice, 'all' as slice_value, date_day, started_at, ended_at from shifts

),

first_shifts as (

    select min(date_day) as first_day from shifts

),

scheduled as (

    select
        timed.slice,
        timed.slice_value,
        timed.starts_at,
        sum({{ seconds_between('greatest(timed.starts_at, shifts.started_at)', 'least(timed.ends_at, shifts.ended_at)') }}) as seconds
    from timed
    inner join sliced_shifts as shifts
        on timed.slice = shifts.slice
            and timed.slice_value = shifts.slice_value
            and timed.date_day = shifts.date_day
            and timed.starts_at < shifts.ended_at
            and timed.ends_at > shifts.started_at
    group by timed.slice, timed.slice_value, timed.starts_at

),

final as (

    select
        {{ surrogate_key(['timed.slice', 'timed.slice_value', 'timed.date_day', 'timed.half_hour']) }} as staffing_requirement_key,
        timed.slice,
        timed.slice_value,
        timed.date_day,
        timed.half_hour,
        timed.starts_at,
        timed.ends_at <= timed.as_of as is_over,
        timed.forecast_count,
        timed.last_week_count,
        case when timed.ends_at <= timed.as_of then cast(coalesce(contacts.contact_count, 0) as bigint) end as contact_count,
        timed.handle_seconds,
        timed.forecast_count * timed.handle_seconds as workload_seconds,
        erlang.agents,
        erlang.required_agents,
        erlang.service_level,
        erlang.wait_seconds,
        erlang.occupancy,
        case
            when timed.ends_at <= timed.as_of and timed.date_day >= first_shifts.first_day
                then cast(coalesce(scheduled.seconds, 0) as double) / 1800
        end as scheduled_agents
    from timed
    cross join first_shifts
    left join contacts
        on timed.slice = contacts.slice
            and timed.slice_value = contacts.slice_value
            and timed.date_day = contacts.date_day
            and timed.half_hour = contacts.half_hour
    left join erlang on timed.forecast_count = erlang.forecast_count and timed.handle_seconds = erlang.handle_seconds
    left join scheduled
        on timed.slice = scheduled.slice and timed.slice_value = scheduled.slice_value and timed.starts_at = scheduled.starts_at

)

select * from final
