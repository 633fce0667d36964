-- Grain: one spell: the half-open time in which a ticket's status, assignee, team and priority stayed the same.
with

states as (

    select * from {{ ref('int_ticket_states') }} {{ rebuilt_tickets_only() }}

),

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }}

),

-- A merge closes the ticket without a solve.
ended_states as (

    select
        ticket_key,
        created_month,
        changed_at,
        case when merged_into_id is not null then 'closed' else status end as status,
        assignee_id,
        team_id,
        priority,
        is_deleted,
        merged_into_id is not null as is_merge
    from states

),

compared as (

    select
        *,
        {{ surrogate_key(['status', 'assignee_id', 'team_id', 'priority', 'is_deleted']) }} as state_key
    from ended_states

),

changed as (

    select
        * from (
        select *, lag(state_key) over (partition by ticket_key order by changed_at) as previous_state_key
        from compared
    )
    where previous_state_key is null or previous_state_key <> state_key

),

timed as (

    select *, lead(changed_at) over (partition by ticket_key order by changed_at) as ended_at
    from changed

),

-- The time a ticket is deleted is in no spell.
visible as (

    select
        *,
        lag(status) over (partition by ticket_key order by changed_at) as previous_status,
        lag(ended_at) over (partition by ticket_key order by changed_at) as previous_ended_at,
        {{ last_known('assignee_id', 'ticket_key', 'changed_at', before=true) }} as previous_assignee_id,
        {{ last_known('team_id', 'ticket_key', 'changed_at', before=true) }} as previous_team_id,
        lead(changed_at) over (partition by ticket_key order by changed_at) as next_started_at,
        lead(status) over (partition by ticket_key order by changed_at) as next_status,
        lead(is_merge) over (partition by ticket_key order by changed_at) as next_is_merge
    from timed
    where not is_deleted

),

final as (

    select
        visible.ticket_key,
        visible.created_month,
        visible.changed_at as started_at,
        visible.ended_at,
        visible.status,
        visible.previous_status,
        visible.next_status,
        visible.assignee_id,
        visible.team_id,
        visible.priority,
        visible.is_merge,
        coalesce(visible.previous_ended_at, initial_states.created_at) as previous_ended_at,
        coalesce(visible.previous_ended_at < visible.changed_at, false) as is_undeletion,
        visible.ended_at is not null
        and (visible.next_started_at is null or visible.next_started_at > visible.ended_at) as is_ended_by_deletion,
        visible.ended_at is not null
        and coalesce(visible.next_is_merge and visible.next_started_at = visible.ended_at, false) as is_ended_by_merge,
        visible.status in ('solved', 'closed')
        and not visible.is_merge
        and coalesce(visible.previous_status not in ('solved', 'closed'), not initial_states.is_history_incomplete) as is_solve,
        visible.status not in ('solved', 'closed')
        and coalesce(visible.previous_status in ('solved', 'closed'), false)
        and not coalesce(visible.previous_ended_at < visible.changed_at, false) as is_reopen,
        coalesce(visible.assignee_id <> visible.previous_assignee_id, false) as is_assignee_change,
        coalesce(visible.team_id <> visible.previous_team_id, false) as is_team_change
    from visible
    inner join initial_states on visible.ticket_key = initial_states.ticket_key

)

select * from final
