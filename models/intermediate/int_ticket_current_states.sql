-- Grain: one ticket, with the state it is in as of the run.
with

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }}

),

states as (

    select * from {{ ref('int_ticket_states') }}

),

current_states as (

    select
        * from (
        select *, row_number() over (partition by ticket_key order by changed_at desc) as recency from states
    )
    where recency = 1

),

first_states as (

    select
        * from (
        select *, row_number() over (partition by ticket_key order by changed_at) as state_number from states
    )
    where state_number = 1

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

-- A deleted ticket keeps what it had when it was deleted.
last_spells as (

    select
        * from (
        select *, row_number() over (partition by ticket_key order by started_at desc) as recency from spells
    )
    where recency = 1

),

-- The present closed period began with the first spell after the last one that was not closed.
last_not_closed as (

    select ticket_key, max(started_at) as started_at from spells where status <> 'closed' group by ticket_key

),

closings as (

    select spells.ticket_key, min(spells.started_at) as closed_at
    from spells
    left join last_not_closed on spells.ticket_key = last_not_closed.ticket_key
    where spells.status = 'closed'
        and (last_not_closed.started_at is null or spells.started_at > last_not_closed.started_at)
    group by spells.ticket_key

),

final as (

    select
        current_states.ticket_key,
        case
            when current_states.merged_into_id is not null then 'closed'
            else coalesce(last_spells.status, first_states.status)
        end as status,
        case when last_spells.ticket_key is null then first_states.assignee_id else last_spells.assignee_id end as assignee_id,
        case when last_spells.ticket_key is null then first_states.team_id else last_spells.team_id end as team_id,
        case when last_spells.ticket_key is null then first_states.priority else last_spells.priority end as priority,
        current_states.is_deleted,
        current_states.merged_into_id,
        case
            when current_states.merged_into_id is not null then current_states.changed_at
            when not initial_states.is_history_incomplete then closings.closed_at
        end as closed_at,
        initial_states.is_history_incomplete,
        initial_states.is_history_incomplete and initial_states.status in ('solved', 'closed') as is_time_unknown
    from current_states
    inner join initial_states on current_states.ticket_key = initial_states.ticket_key
    inner join first_states on current_states.ticket_key = first_states.ticket_key
    left join last_spells on current_states.ticket_key = last_spells.ticket_key
    left join closings on current_states.ticket_key = closings.ticket_key

)

select * from final
