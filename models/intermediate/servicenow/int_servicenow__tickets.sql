-- Grain: one incident, as its last logged update at or before as_of tells it.
with

updates as (

    select
        *,
        min(opened_at) over (partition by source_account, incident_number) as first_opened_at
    from {{ ref('stg_servicenow__incident_updates') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

known_updates as (

    select
        updates.*,
        run.as_of,
        row_number() over (
            partition by updates.source_account, updates.incident_number
            order by updates.updated_at desc, updates.modification_count desc, updates._line desc
        ) as recency,
        max(case when lower(updates.incident_state) = 'resolved' then updates.updated_at end) over (
            partition by updates.source_account, updates.incident_number
        ) as last_resolved_event_at
    from updates
    cross join run
    where updates.updated_at <= run.as_of

),

-- resolved_at is back-filled on earlier rows: it counts once the row itself says resolved, and not before its time.
final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'incident_number']) }} as ticket_key,
        source_system,
        source_account,
        incident_number as ticket_id,
        opened_at as created_at,
        {{ created_month('first_opened_at') }} as created_month,
        updated_at,
        lower(incident_state) as vendor_status,
        lower(priority) as vendor_priority,
        lower(contact_type) as vendor_channel,
        category as vendor_ticket_type,
        'customer' as origin,
        caller_id as requester_id,
        assigned_to as assignee_id,
        assignment_group as team_id,
        cast(null as {{ dbt.type_string() }}) as organization_id,
        cast(null as {{ dbt.type_string() }}) as schedule_id,
        false as is_spam,
        false as is_test,
        false as has_messages,
        case
            when lower(incident_state) in ('resolved', 'closed') and backfilled_resolved_at <= as_of
                then backfilled_resolved_at
        end as vendor_resolved_at,
        last_resolved_event_at as vendor_last_resolved_event_at,
        made_sla as is_vendor_sla_met,
        reassignment_count as vendor_reassignment_count,
        reopen_count as vendor_reopen_count,
        modification_count as vendor_modification_count
    from known_updates
    where recency = 1

)

select * from final
