-- Grain: one change of one field of one ticket of any helpdesk; statuses and priorities in our words.
with

unioned as (

    select * from {{ ref('int_generic__ticket_changes') }} {{ rebuilt_tickets_only() }}
    union all
    select * from {{ ref('int_servicenow__ticket_changes') }} {{ rebuilt_tickets_only() }}
    union all
    select * from {{ ref('int_zendesk__ticket_changes') }} {{ rebuilt_tickets_only() }}

),

statuses as (

    select * from {{ ref('ticket_statuses') }}

),

priorities as (

    select * from {{ ref('priorities') }}

),

final as (

    select
        unioned.ticket_key,
        unioned.source_system,
        unioned.created_month,
        unioned.field,
        case unioned.field
            when 'status' then nullif(old_statuses.status, 'deleted')
            when 'priority' then coalesce(old_priorities.priority, unioned.old_value)
            else unioned.old_value
        end as old_value,
        case unioned.field
            when 'status' then nullif(new_statuses.status, 'deleted')
            when 'priority' then coalesce(new_priorities.priority, unioned.new_value)
            else unioned.new_value
        end as new_value,
        unioned.new_value as vendor_new_value,
        unioned.occurred_at,
        unioned.event_id,
        unioned.event_line,
        unioned.field = 'status' and new_statuses.status is null as is_unmapped_status,
        unioned.actor_id,
        unioned.actor_type
    from unioned
    left join statuses as old_statuses
        on unioned.source_system = old_statuses.source_system
            and unioned.old_value = old_statuses.vendor_status and unioned.field = 'status'
    left join statuses as new_statuses
        on unioned.source_system = new_statuses.source_system
            and unioned.new_value = new_statuses.vendor_status and unioned.field = 'status'
    left join priorities as old_priorities
        on unioned.source_system = old_priorities.source_system
            and unioned.old_value = old_priorities.vendor_priority and unioned.field = 'priority'
    left join priorities as new_priorities
        on unioned.source_system = new_priorities.source_system
            and unioned.new_value = new_priorities.vendor_priority and unioned.field = 'priority'

)

select * from final
