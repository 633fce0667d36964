-- Grain: one piece of an agent's reporting day in which no state and no shift begins or ends.
with

parts as (

    select * from {{ ref('int_agent_time_parts') }}

),

instants as (

    select agent_key, date_day, started_at as stepped_at from parts
    union
    select agent_key, date_day, ended_at as stepped_at from parts

),

pieces as (

    select
        agent_key,
        date_day,
        stepped_at as from_at,
        lead(stepped_at) over (partition by agent_key, date_day order by stepped_at) as to_at
    from instants

),

ranked as (

    select
        pieces.agent_key,
        pieces.date_day,
        pieces.from_at,
        pieces.to_at,
        parts.kind,
        parts.part_key,
        parts.span_rank,
        row_number() over (
            partition by pieces.agent_key, pieces.from_at, parts.kind
            order by parts.span_rank, parts.started_at, parts.part_key
        ) as precedence
    from pieces
    inner join parts
        on pieces.agent_key = parts.agent_key
            and pieces.date_day = parts.date_day
            and pieces.from_at >= parts.started_at
            and pieces.to_at <= parts.ended_at

),

-- NULL where no state, or no shift, is told.
final as (

    select
        agent_key,
        date_day,
        from_at,
        to_at,
        {{ seconds_between('from_at', 'to_at') }} as seconds,
        max(case kind when 'state' then part_key end) as state_part_key,
        max(case kind when 'shift' then part_key end) as shift_part_key,
        max(case when kind = 'shift' and span_rank = 1 then 1 else 0 end) = 1 as is_paid
    from ranked
    where precedence = 1
    group by agent_key, date_day, from_at, to_at

)

select * from final
