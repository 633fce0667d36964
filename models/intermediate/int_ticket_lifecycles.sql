-- Grain: one ticket: when it was solved, until when its times count, and what its spells add up to.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

spells as (

    select
        spells.*,
        {{ seconds_between('spells.started_at', 'coalesce(spells.ended_at, run.as_of)') }} as elapsed_seconds,
        {{ seconds_between('spells.previous_ended_at', 'spells.started_at') }} as deleted_gap_seconds
    from {{ ref('int_ticket_spells') }} as spells
    cross join run

),

-- A ticket is solved when its last state is; a merged one when it was solved before the merge.
last_spells as (

    select
        ticket_key,
        case when is_merge then started_at else ended_at end as last_ended_at,
        case when is_merge then previous_status else status end in ('solved', 'closed') as is_solved
    from (
        select *, row_number() over (partition by ticket_key order by started_at desc) as recency from spells
    )
    where recency = 1

),

solves as (

    select
        spells.ticket_key,
        min(case when spells.is_solve then spells.started_at end) as first_solved_at,
        max(case when spells.is_solve and last_spells.is_solved then spells.started_at end) as solved_at,
        last_spells.last_ended_at,
        run.as_of
    from spells
    inner join last_spells on spells.ticket_key = last_spells.ticket_key
    cross join run
    group by spells.ticket_key, last_spells.last_ended_at, run.as_of

),

final as (

    select
        spells.ticket_key,
        solves.first_solved_at,
        solves.solved_at,
        coalesce(solves.solved_at, solves.last_ended_at, solves.as_of) as counted_until,
        sum(case when spells.status = 'new' then spells.elapsed_seconds else 0 end) as new_seconds,
        sum(case when spells.status = 'open' then spells.elapsed_seconds else 0 end) as open_seconds,
        sum(case when spells.status = 'pending' then spells.elapsed_seconds else 0 end) as pending_seconds,
        sum(case when spells.status = 'hold' then spells.elapsed_seconds else 0 end) as hold_seconds,
        sum(
            case
                when spells.status in ('solved', 'closed')
                    and not spells.is_merge
                    and spells.ended_at is not null
                    and (solves.solved_at is null or spells.started_at < solves.solved_at)
                    then spells.elapsed_seconds
                else 0
            end
        ) as solved_gap_seconds,
        sum(
            case
                when solves.solved_at is null or spells.started_at <= solves.solved_at
                    then spells.deleted_gap_seconds
                else 0
            end
        ) as deleted_gap_seconds,
        sum(case when spells.is_solve then 1 else 0 end) as solve_count,
        sum(case when spells.is_reopen then 1 else 0 end) as reopen_count,
        sum(case when spells.is_assignee_change then 1 else 0 end) as assignee_change_count,
        sum(case when spells.is_team_change then 1 else 0 end) as team_change_count,
        count(distinct spells.assignee_id) as agent_count
    from spells
    inner join solves on spells.ticket_key = solves.ticket_key
    group by spells.ticket_key, solves.first_solved_at, solves.solved_at, solves.last_ended_at, solves.as_of

)

select * from final
