-- Grain: one counting reply on an unsolved ticket, with what ends the time until the next one.
with

replies as (

    select distinct ticket_key, counted_at as happened_at
    from {{ ref('int_message_verdicts') }}
    where is_counting_reply

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

-- At one instant: replied, then solved, then gone.
happenings as (

    select ticket_key, happened_at, 1 as step, 'fulfilled' as ending from replies
    union all
    select ticket_key, started_at as happened_at, 2 as step, 'fulfilled' as ending from spells where is_solve
    union all
    select
        ticket_key,
        case when is_merge then started_at else ended_at end as happened_at,
        3 as step,
        'cancelled' as ending
    from spells
    where is_merge or is_ended_by_deletion

),

followed as (

    select
        *,
        lead(happened_at) over (partition by ticket_key order by happened_at, step) as ended_at,
        lead(ending) over (partition by ticket_key order by happened_at, step) as next_ending
    from happenings

),

-- The state that counts holds from the instant on: a reply that comes with the solve starts nothing.
final as (

    select
        followed.ticket_key,
        followed.happened_at as applied_at,
        followed.ended_at,
        followed.next_ending as ending
    from followed
    inner join spells
        on followed.ticket_key = spells.ticket_key
            and followed.happened_at >= spells.started_at
            and (spells.ended_at is null or followed.happened_at < spells.ended_at)
    where followed.step = 1 and spells.status not in ('solved', 'closed')

)

select * from final
