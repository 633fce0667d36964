{{ config(severity='warn') }}
-- An unknown code keeps the status before it; map it in seeds/ticket_statuses.csv.
select source_system, vendor_new_value, count(*) as change_count
from {{ ref('int_ticket_changes') }}
where is_unmapped_status
group by source_system, vendor_new_value
