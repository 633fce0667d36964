-- Grain: one shift of an agent × reporting day, as far as it has passed.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

parts as (

    select * from {{ ref('int_agent_time_parts') }} where kind = 'shift'

),

shifts as (

    select * from {{ ref('int_shifts') }}

),

pieces as (

    select shift_part_key, sum(seconds) as counted_seconds
    from {{ ref('int_agent_time_pieces') }}
    where shift_part_key is not null
    group by shift_part_key

),

final as (

    select
        parts.part_key as shift_part_key,
        shifts.shift_key,
        shifts.agent_key,
        shifts.source_system,
        shifts.source_account,
        parts.date_day,
        parts.started_at,
        parts.ended_at,
        shifts.is_paid,
        cast({{ seconds_between('parts.started_at', 'parts.ended_at') }} as bigint) as seconds,
        cast(case when shifts.is_paid then coalesce(pieces.counted_seconds, 0) else 0 end as bigint) as paid_seconds,
        case when shifts.is_paid then coalesce(pieces.counted_seconds, 0) else 0 end
        / (run.full_time_hours_per_week * 3600 / 5) as full_time_days
    from parts
    cross join run
    inner join shifts on parts.span_key = shifts.shift_key
    left join pieces on parts.part_key = pieces.shift_part_key

)

select * from final
