-- Grain: one change of one field of one ticket of the open format.
with

tickets as (

    select * from {{ ref('stg_generic__tickets') }}
    {{ rebuilt_tickets_only('ticket_id') }}

),

events as (

    select * from {{ ref('stg_generic__ticket_events') }}
    {{ rebuilt_tickets_only('ticket_id') }}

),

field_changes as (

    select
        source_account,
        ticket_id,
        case field when 'assignee_id' then 'assignee' when 'group_id' then 'team' when 'schedule_id' then 'schedule' else field end
            as field,
        case when field in ('status', 'priority') then lower(old_value) else old_value end as old_value,
        case when field in ('status', 'priority') then lower(new_value) else new_value end as new_value,
        occurred_at,
        -- Ids that are numbers sort as numbers, also as text.
        case when translate(event_id, '0123456789', '') = '' then lpad(event_id, 64, '0') else event_id end as event_id,
        _line as event_line,
        actor_id,
        actor_type
    from events
    where field in ('status', 'assignee_id', 'group_id', 'priority', 'schedule_id', 'is_deleted', 'merged_into_id')

),

known_statuses as (

    select vendor_status from {{ ref('ticket_statuses') }} where source_system = 'generic'

),

-- A status code `deleted` is a deletion, and the next known code undoes it; the status itself is kept.
status_changes as (

    select
        field_changes.*,
        lag(field_changes.new_value) over (
            partition by field_changes.source_account, field_changes.ticket_id
            order by field_changes.occurred_at, field_changes.event_id nulls last, field_changes.event_line
        ) as previous_value
    from field_changes
    inner join known_statuses on field_changes.new_value = known_statuses.vendor_status
    where field_changes.field = 'status'

),

deletions_by_status as (

    select
        source_account,
        ticket_id,
        'is_deleted' as field,
        case when old_value = 'deleted' or previous_value = 'deleted' then 'true' else 'false' end as old_value,
        case when new_value = 'deleted' then 'true' else 'false' end as new_value,
        occurred_at,
        event_id,
        event_line,
        actor_id,
        actor_type
    from status_changes
    where new_value = 'deleted' or old_value = 'deleted' or previous_value = 'deleted'

),

unlogged_endings as (

    select * from {{ ref('int_generic__unlogged_endings') }}

),

unioned as (

    select * from field_changes
    union all
    select * from deletions_by_status
    union all
    select * from unlogged_endings

),

final as (

    select
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        tickets.source_system,
        {{ created_month('tickets.created_at') }} as created_month,
        unioned.field,
        nullif(unioned.old_value, '') as old_value,
        nullif(unioned.new_value, '') as new_value,
        unioned.occurred_at,
        unioned.event_id,
        unioned.event_line,
        unioned.actor_id,
        unioned.actor_type
    from unioned
    inner join tickets
        on unioned.source_account = tickets.source_account and unioned.ticket_id = tickets.ticket_id

)

select * from final
