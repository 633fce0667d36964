-- Grain: one ticket, with the state it is in as of the run.
with

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }}

),

states as (

    select * from {{ ref('int_ticket_states') }}

),

merges as (

    select ticket_key, min(changed_at) as merged_at
    from states
    where merged_into_id is not null
    group by ticket_key

),

current_states as (

    select * from (
        select
            states.*,
            merges.merged_at,
            row_number() over (partition by states.ticket_key order by states.changed_at desc) as recency
        from states
        left join merges on states.ticket_key = merges.ticket_key
        where merges.merged_at is null or states.changed_at <= merges.merged_at
    )
    where recency = 1

),

-- The present closed period began with the first spell after the last one that was not closed.
spells as (

    select * from {{ ref('int_ticket_spells') }}

),

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
        case when current_states.merged_into_id is not null then 'closed' else current_states.status end as status,
        current_states.assignee_id,
        current_states.team_id,
        current_states.priority,
        current_states.is_deleted,
        current_states.merged_into_id,
        closings.closed_at,
        initial_states.is_history_incomplete
    from current_states
    inner join initial_states on current_states.ticket_key = initial_states.ticket_key
    left join closings on current_states.ticket_key = closings.ticket_key

)

select * from final
