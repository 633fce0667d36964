-- Grain: one stretch of a ticket's life: a spell, or the time it lay deleted before one; with its seconds by each clock.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

lifecycles as (

    select ticket_key, solved_at, counted_until from {{ ref('int_ticket_lifecycles') }}

),

-- A finished ticket's last spell runs on for nobody: it has no end and no seconds.
stretches as (

    select
        spells.ticket_key,
        spells.started_at,
        case
            when spells.ended_at is not null or spells.status not in ('solved', 'closed')
                then coalesce(spells.ended_at, run.as_of)
        end as ended_at,
        lifecycles.counted_until as judged_at,
        false as is_deleted_gap,
        case
            when spells.status not in ('solved', 'closed') then spells.status
            when spells.ended_at is not null
                and not spells.is_merge
                and (lifecycles.solved_at is null or spells.started_at < lifecycles.solved_at) then 'solved_gap'
        end as counted_as
    from spells
    inner join lifecycles on spells.ticket_key = lifecycles.ticket_key
    cross join run
    union all
    select
        spells.ticket_key,
        spells.previous_ended_at as started_at,
        spells.started_at as ended_at,
        lifecycles.counted_until as judged_at,
        true as is_deleted_gap,
        case when lifecycles.solved_at is null or spells.started_at <= lifecycles.solved_at then 'deleted_gap' end as counted_as
    from spells
    inner join lifecycles on spells.ticket_key = lifecycles.ticket_key
    where spells.previous_ended_at < spells.started_at

),

measured as (

    {{ in_business_time('stretches') }}

),

final as (

    select
        ticket_key,
        started_at,
        ended_at,
        is_deleted_gap,
        counted_as,
        {{ seconds_between('started_at', 'ended_at') }} as seconds,
        business_seconds,
        business_seconds_at_event,
        business_seconds_at_creation
    from measured

)

select * from final
