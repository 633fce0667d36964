-- Grain: one movement of one ticket into (+1) or out of (-1) the backlog, or between the holders inside it.
with

spells as (

    select
        *,
        lag(assignee_id) over (partition by ticket_key order by started_at) as spell_before_assignee_id,
        lag(team_id) over (partition by ticket_key order by started_at) as spell_before_team_id,
        lead(assignee_id) over (partition by ticket_key order by started_at) as spell_after_assignee_id,
        lead(team_id) over (partition by ticket_key order by started_at) as spell_after_team_id
    from {{ ref('int_ticket_spells') }}

),

unsolved as (

    select * from spells where status not in ('solved', 'closed')

),

-- A ticket created solved, or solved while it was deleted, passes through the backlog at one instant.
solved_without_waiting as (

    select * from spells where is_solve and (previous_status is null or is_undeletion)

),

final as (

    select
        ticket_key,
        started_at as moved_at,
        assignee_id,
        team_id,
        1 as change,
        case
            when previous_status is null then 'created'
            when is_undeletion then 'undeleted'
            when is_reopen then 'reopened'
            else 'transferred_in'
        end as movement,
        coalesce(assignee_id, '') <> coalesce(spell_before_assignee_id, '') as is_other_assignee,
        coalesce(team_id, '') <> coalesce(spell_before_team_id, '') as is_other_team
    from unsolved
    union all
    select
        ticket_key,
        ended_at as moved_at,
        assignee_id,
        team_id,
        -1 as change,
        case
            when is_ended_by_deletion then 'deleted'
            when is_ended_by_merge then 'merged'
            when next_status in ('solved', 'closed') then 'solved'
            else 'transferred_out'
        end as movement,
        coalesce(assignee_id, '') <> coalesce(spell_after_assignee_id, '') as is_other_assignee,
        coalesce(team_id, '') <> coalesce(spell_after_team_id, '') as is_other_team
    from unsolved
    where ended_at is not null
    union all
    select
        ticket_key,
        started_at as moved_at,
        assignee_id,
        team_id,
        1 as change,
        case when previous_status is null then 'created' else 'undeleted' end as movement,
        true as is_other_assignee,
        true as is_other_team
    from solved_without_waiting
    union all
    select
        ticket_key,
        started_at as moved_at,
        assignee_id,
        team_id,
        -1 as change,
        'solved' as movement,
        true as is_other_assignee,
        true as is_other_team
    from solved_without_waiting

)

select * from final
