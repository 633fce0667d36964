-- Grain: one ticket of the open format.
with

tickets as (

    select * from {{ ref('stg_generic__tickets') }}

),

message_accounts as (

    select distinct source_account from {{ ref('stg_generic__messages') }}

),

final as (

    select
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.ticket_id,
        tickets.created_at,
        {{ created_month('tickets.created_at') }} as created_month,
        tickets.updated_at,
        lower(tickets.status) as vendor_status,
        lower(tickets.priority) as vendor_priority,
        lower(tickets.channel) as vendor_channel,
        tickets.ticket_type as vendor_ticket_type,
        coalesce(tickets.origin, 'customer') as origin,
        tickets.requester_id,
        tickets.assignee_id,
        tickets.group_id as team_id,
        tickets.organization_id,
        tickets.schedule_id,
        tickets.is_spam,
        tickets.is_test,
        message_accounts.source_account is not null as has_messages,
        cast(null as timestamp) as vendor_resolved_at,
        cast(null as timestamp) as vendor_last_resolved_event_at,
        cast(null as boolean) as is_vendor_sla_met,
        cast(null as bigint) as vendor_reassignment_count,
        cast(null as bigint) as vendor_reopen_count,
        cast(null as bigint) as vendor_modification_count
    from tickets
    left join message_accounts on tickets.source_account = message_accounts.source_account

)

select * from final
