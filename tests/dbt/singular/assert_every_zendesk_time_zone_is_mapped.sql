-- Opening hours in an unknown zone cannot be told; map its name in seeds/zendesk_time_zones.csv.
select distinct schedules.source_account, schedules.vendor_time_zone
from {{ ref('stg_zendesk__schedule_versions') }} as schedules
left join {{ ref('zendesk_time_zones') }} as time_zones on schedules.vendor_time_zone = time_zones.zendesk_time_zone
where time_zones.time_zone is null and schedules.vendor_time_zone not like '%/%'
