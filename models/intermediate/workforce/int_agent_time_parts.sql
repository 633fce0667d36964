-- Grain: one part of an agent's state or shift that lies in one reporting day.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

days as (

    select * from {{ ref('int_workforce_days') }}

),

-- An instant counts for one thing an agent does: of several the lowest rank.
spans as (

    select
        'state' as kind,
        state_key as span_key,
        agent_key,
        started_at,
        ended_at,
        case state
            when 'handling' then 1
            when 'after_call' then 2
            when 'available' then 3
            when 'meeting' then 4
            when 'training' then 5
            when 'break' then 6
            else 7
        end as span_rank
    from {{ ref('int_agent_states') }}
    union all
    select
        'shift' as kind,
        shift_key as span_key,
        agent_key,
        started_at,
        ended_at,
        case when is_paid then 1 else 2 end as span_rank
    from {{ ref('int_shifts') }}

),

dated as (

    select
        spans.*,
        {{ reporting_day('spans.started_at', 'run.reporting_time_zone') }} as first_day,
        {{ reporting_day('spans.ended_at', 'run.reporting_time_zone') }} as last_day
    from spans
    cross join run

),

-- Most lie in one day and need no look at the calendar.
parts as (

    select kind, span_key, agent_key, span_rank, first_day as date_day, started_at, ended_at
    from dated
    where first_day = last_day
    union all
    select
        dated.kind,
        dated.span_key,
        dated.agent_key,
        dated.span_rank,
        days.date_day,
        greatest(dated.started_at, days.starts_at) as started_at,
        least(dated.ended_at, days.ends_at) as ended_at
    from dated
    inner join days on days.date_day between dated.first_day and dated.last_day
    where dated.first_day <> dated.last_day

),

final as (

    select {{ surrogate_key(['kind', 'span_key', 'date_day']) }} as part_key, *
    from parts
    where started_at < ended_at

)

select * from final
