-- Grain: one ticket, with the state it was created in.
with

tickets as (

    select * from {{ ref('int_tickets') }} {{ rebuilt_tickets_only() }}

),

changes as (

    select * from {{ ref('int_ticket_changes') }} {{ rebuilt_tickets_only() }}

),

statuses as (

    select * from {{ ref('ticket_statuses') }}

),

priorities as (

    select * from {{ ref('priorities') }}

),

-- The value before the first change is the initial one; later changes than as_of still tell it.
ranked_changes as (

    select
        *,
        row_number() over (
            partition by ticket_key, field order by occurred_at, event_id nulls last, event_line nulls last
        ) as change_number
    from changes

),

first_changes as (

    select
        ticket_key,
        max(case when field = 'status' and not is_unmapped_status then 1 end) as status_changes,
        max(case when field = 'status' then 1 end) as told_status_changes,
        max(case when event_id is not null then 1 end) as logged_changes,
        max(case when field = 'assignee' then 1 end) as assignee_changes,
        max(case when field = 'team' then 1 end) as team_changes,
        max(case when field = 'priority' then 1 end) as priority_changes,
        max(case when field = 'status' and change_number = 1 then old_value end) as status,
        max(case when field = 'assignee' and change_number = 1 then old_value end) as assignee_id,
        max(case when field = 'team' and change_number = 1 then old_value end) as team_id,
        max(case when field = 'priority' and change_number = 1 then old_value end) as priority,
        max(case when field = 'is_deleted' and change_number = 1 then lower(old_value) end) as is_deleted
    from ranked_changes
    group by ticket_key

),

final as (

    select
        tickets.ticket_key,
        tickets.created_at,
        tickets.created_month,
        case
            when first_changes.status_changes = 1 then coalesce(first_changes.status, 'new')
            else coalesce(nullif(statuses.status, 'deleted'), 'new')
        end as status,
        case when first_changes.assignee_changes = 1 then first_changes.assignee_id else tickets.assignee_id end as assignee_id,
        case when first_changes.team_changes = 1 then first_changes.team_id else tickets.team_id end as team_id,
        case
            when first_changes.priority_changes = 1 then first_changes.priority
            else coalesce(priorities.priority, tickets.vendor_priority)
        end as priority,
        coalesce(first_changes.is_deleted = 'true', false) as is_deleted,
        -- An unsolved ticket whose log tells other changes just never changed its status.
        first_changes.status_changes is null
        and (
            coalesce(first_changes.told_status_changes = 1, false)
            or first_changes.logged_changes is null
            or coalesce(statuses.status in ('solved', 'closed'), false)
        ) as is_history_incomplete
    from tickets
    left join first_changes on tickets.ticket_key = first_changes.ticket_key
    left join statuses
        on tickets.source_system = statuses.source_system and tickets.vendor_status = statuses.vendor_status
    left join priorities
        on tickets.source_system = priorities.source_system and tickets.vendor_priority = priorities.vendor_priority

)

select * from final
