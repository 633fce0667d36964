{{ config(severity='warn') }}
-- A call of an unknown outcome is in no KPI of callers; map its code in seeds/call_outcomes.csv.
select source_system, 'call' as part, vendor_outcome, count(*) as call_count
from {{ ref('int_calls') }}
where outcome = 'unknown'
group by source_system, vendor_outcome
union all
select source_system, 'leg' as part, vendor_outcome, count(*) as call_count
from {{ ref('int_call_legs') }}
where outcome = 'unknown' and vendor_outcome is not null
group by source_system, vendor_outcome
