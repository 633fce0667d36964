-- Grain: one SLA instance, with what became of it as of the run.
with

instances as (

    select * from {{ ref('int_sla_instances') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

counted as (

    select
        sla_instance_key,
        sum(used_seconds) as used_seconds,
        min(case when is_breached then due_at end) as breached_at,
        max(case when is_last then to_at end) as last_to_at,
        max(case when is_last then from_at end) as last_from_at,
        max(case when is_last then due_at end) as due_at
    from {{ ref('int_sla_run_times') }}
    group by sla_instance_key

),

-- What the helpdesk itself says stands; where it says nothing yet, a target that has passed has been missed.
judged as (

    select
        instances.*,
        coalesce(counted.used_seconds, 0) as used_seconds,
        case
            when instances.basis = 'derived' then counted.breached_at
            when instances.told_breached_at is not null then instances.told_breached_at
            when instances.ending is null and not instances.is_breach_retracted
                then case when counted.breached_at < instances.applied_at then instances.applied_at else counted.breached_at end
        end as breached_at,
        -- One that stands still has no due date.
        case
            when counted.last_to_at is null and instances.ended_at is null and counted.last_from_at is not null then counted.due_at
            when counted.last_to_at = instances.ended_at then counted.due_at
        end as due_at,
        run.as_of
    from instances
    left join counted on instances.sla_instance_key = counted.sla_instance_key
    cross join run

),

final as (

    select
        sla_instance_key,
        cast(used_seconds as bigint) as used_seconds,
        case when ending = 'fulfilled' then ended_at end as fulfilled_at,
        breached_at,
        case
            when breached_at is not null then breached_at
            when ending is not null or due_at > as_of then due_at
        end as due_at,
        case
            when breached_at is not null then 'breached'
            when ending = 'fulfilled' then 'met'
            when ending = 'cancelled' then 'cancelled'
            else 'active'
        end as state
    from judged

)

select * from final
