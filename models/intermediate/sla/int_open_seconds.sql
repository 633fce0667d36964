-- Grain: one open stretch of a schedule in one of the blocks of 86,400 open seconds it touches.
with

clock as (

    select
        *,
        {{ seconds_between('from_at', 'to_at') }} as open_seconds
    from {{ ref('int_business_clock') }}
    where is_open

),

blocks as (

    select offsets.block_offset from (values (0), (1)) as offsets (block_offset)

),

-- A stretch lies within a day, so it touches two blocks at most.
touched as (

    select
        clock.schedule_key,
        cast(floor(clock.open_seconds_before / 86400) as bigint) + blocks.block_offset as block,
        clock.from_at,
        clock.open_seconds_before,
        clock.open_seconds_before + clock.open_seconds as open_seconds_after
    from clock
    cross join blocks

),

final as (

    select
        schedule_key,
        block,
        from_at,
        open_seconds_before,
        open_seconds_after
    from touched
    where open_seconds_after > block * 86400

)

select * from final
