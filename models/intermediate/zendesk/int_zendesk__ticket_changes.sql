-- Grain: one change of one field of one Zendesk ticket; what a field was created with is a change to the same.
with

tickets as (

    select * from {{ ref('stg_zendesk__tickets') }}
    {{ rebuilt_tickets_only('ticket_id') }}

),

audit_events as (

    select
        *,
        lpad(audit_id, 20, '0') || '-' || lpad(cast(event_number as {{ dbt.type_string() }}), 6, '0') as sorting_event_id
    from {{ ref('stg_zendesk__ticket_audit_events') }}
    {{ rebuilt_tickets_only('ticket_id') }}

),

status_events as (

    select
        *,
        lag(new_status) over (partition by source_account, ticket_id order by occurred_at, event_id) as told_before
    from {{ ref('int_zendesk__status_events') }}
    {{ rebuilt_tickets_only('ticket_id') }}

),

unioned as (

    select
        source_account,
        ticket_id,
        case field_name when 'assignee_id' then 'assignee' when 'group_id' then 'team' else field_name end as field,
        case when event_type = 'Create' then value else previous_value end as old_value,
        value as new_value,
        created_at as occurred_at,
        sorting_event_id as event_id,
        audit_author_id as actor_id,
        via_channel,
        event_type
    from audit_events
    where event_type in ('Create', 'Change') and field_name in ('assignee_id', 'group_id', 'priority')
    union all
    select
        source_account, ticket_id, 'schedule' as field, previous_schedule_id as old_value, new_schedule_id as new_value,
        created_at as occurred_at, sorting_event_id as event_id, audit_author_id as actor_id, via_channel, event_type
    from audit_events
    where event_type = 'ScheduleAssignment'
    union all
    select
        source_account, ticket_id, 'status' as field, old_status as old_value, new_status as new_value,
        occurred_at, event_id, audit_author_id as actor_id, via_channel, event_type
    from status_events
    union all
    -- A status `deleted` is a deletion, and the status after it undoes that.
    select
        source_account, ticket_id, 'is_deleted' as field,
        case when told_before = 'deleted' then 'true' else 'false' end as old_value,
        case when new_status = 'deleted' then 'true' else 'false' end as new_value,
        occurred_at, event_id, audit_author_id as actor_id, via_channel, event_type
    from status_events
    where new_status = 'deleted' or told_before = 'deleted'
    union all
    select
        source_account, ticket_id, 'merged_into_id' as field, cast(null as {{ dbt.type_string() }}) as old_value,
        coalesce(merged_into_id, 'unknown') as new_value,
        occurred_at, event_id, audit_author_id as actor_id, via_channel, event_type
    from status_events
    where is_merge
    union all
    select
        source_account, ticket_id, field, old_value, new_value, occurred_at,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as {{ dbt.type_string() }}) as actor_id,
        cast(null as {{ dbt.type_string() }}) as via_channel,
        cast(null as {{ dbt.type_string() }}) as event_type
    from {{ ref('int_zendesk__unlogged_endings') }}

),

-- Who acted is told without the users' roles: those change without the ticket being touched.
final as (

    select
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        tickets.source_system,
        {{ created_month('tickets.created_at') }} as created_month,
        unioned.field,
        case when unioned.field = 'priority' then lower(unioned.old_value) else nullif(unioned.old_value, '') end as old_value,
        case when unioned.field = 'priority' then lower(unioned.new_value) else nullif(unioned.new_value, '') end as new_value,
        -- What a ticket was created with comes before all that happened to it.
        case
            when unioned.event_type = 'Create' then least(unioned.occurred_at, tickets.created_at) else unioned.occurred_at
        end as occurred_at,
        unioned.event_id,
        cast(null as bigint) as event_line,
        unioned.actor_id,
        case
            when unioned.event_id is null then cast(null as {{ dbt.type_string() }})
            when unioned.via_channel = 'rule' or coalesce(unioned.actor_id, '-1') in ('-1', '__system', '__trigger') then 'system'
            when unioned.actor_id = tickets.requester_id then 'customer'
            else 'agent'
        end as actor_type
    from unioned
    inner join tickets
        on unioned.source_account = tickets.source_account and unioned.ticket_id = tickets.ticket_id

)

select * from final
