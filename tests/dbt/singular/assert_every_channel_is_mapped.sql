{{ config(severity='warn') }}
-- An unknown channel is counted as 'unknown'; map it in seeds/channels.csv.
select source_system, vendor_channel, count(*) as ticket_count
from {{ ref('int_tickets') }}
where channel = 'unknown' and vendor_channel is not null
group by source_system, vendor_channel
