-- Grain: one stretch in which the clock of an SLA instance runs, with the seconds used by its clock and when it would be due.
with

instances as (

    select sla_instance_key, target_seconds, clock, ended_at from {{ ref('int_sla_instances') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

runs as (

    select
        runs.sla_instance_key,
        runs.schedule_key,
        runs.from_at,
        runs.to_at,
        coalesce(runs.to_at, run.as_of) as counted_until,
        instances.target_seconds,
        instances.clock,
        instances.ended_at,
        run.as_of
    from {{ ref('int_sla_runs') }} as runs
    inner join instances on runs.sla_instance_key = instances.sla_instance_key
    cross join run

),

business_clock as (

    select * from {{ ref('int_business_clock') }}

),

measured as (

    select
        runs.*,
        {{ business_clock_reading('opening', 'runs.from_at') }} as reading,
        case runs.clock
            when 'calendar' then {{ seconds_between('runs.from_at', 'runs.counted_until') }}
            else {{ business_clock_reading('closing', 'runs.counted_until') }} - {{ business_clock_reading('opening', 'runs.from_at') }}
        end as used_seconds
    from runs
    left join business_clock as opening
        on {{ business_clock_at('opening', 'runs.schedule_key', 'runs.from_at') }}
            and runs.clock = 'business'
    left join business_clock as closing
        on {{ business_clock_at('closing', 'runs.schedule_key', 'runs.counted_until') }}
            and runs.clock = 'business'

),

summed as (

    select
        *,
        target_seconds - coalesce(
            sum(used_seconds) over (
                partition by sla_instance_key order by from_at, to_at nulls last rows between unbounded preceding and 1 preceding
            ),
            0
        ) as remaining_seconds,
        row_number() over (partition by sla_instance_key order by from_at desc, to_at desc nulls first) = 1 as is_last
    from measured

),

-- By the calendar the last second passes so many seconds later; by opening hours in the stretch in which it is open.
timed as (

    select
        summed.*,
        case
            when summed.remaining_seconds <= 0 then summed.from_at
            when summed.clock = 'calendar'
                then {{ seconds_after(whole_second('summed.from_at'), 'summed.remaining_seconds') }}
            else {{ seconds_after('open_seconds.from_at', 'summed.reading + summed.remaining_seconds - open_seconds.open_seconds_before') }}
        end as due_at
    from summed
    left join {{ ref('int_open_seconds') }} as open_seconds
        on summed.clock = 'business'
            and summed.remaining_seconds > 0
            and summed.schedule_key = open_seconds.schedule_key
            and cast(floor((summed.reading + summed.remaining_seconds - 1) / 86400) as bigint) = open_seconds.block
            and summed.reading + summed.remaining_seconds > open_seconds.open_seconds_before
            and summed.reading + summed.remaining_seconds <= open_seconds.open_seconds_after

),

-- What comes in the second in which the target ends comes in time.
final as (

    select
        sla_instance_key,
        from_at,
        to_at,
        used_seconds,
        due_at,
        is_last,
        case
            when remaining_seconds < 0 then false
            when to_at is null then due_at <= as_of
            else due_at < {{ whole_second('to_at') }}
        end as is_breached
    from timed

)

select * from final
