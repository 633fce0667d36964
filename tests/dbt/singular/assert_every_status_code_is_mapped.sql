{{ config(severity='warn') }}
-- An unknown code keeps the status before it, or is new where nothing was before; map it in seeds/ticket_statuses.csv.
with

mapped as (

    select source_system, vendor_status from {{ ref('ticket_statuses') }}

),

unmapped_tickets as (

    select tickets.source_system, tickets.vendor_status, count(*) as ticket_count
    from {{ ref('int_tickets') }} as tickets
    left join mapped
        on tickets.source_system = mapped.source_system and tickets.vendor_status = mapped.vendor_status
    where tickets.vendor_status is not null and mapped.vendor_status is null
    group by tickets.source_system, tickets.vendor_status

)

select source_system, vendor_new_value as vendor_status, count(*) as occurrence_count
from {{ ref('int_ticket_changes') }}
where is_unmapped_status
group by source_system, vendor_new_value
union all
select source_system, vendor_status, ticket_count as occurrence_count
from unmapped_tickets
