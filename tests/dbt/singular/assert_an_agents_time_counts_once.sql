-- No day is longer than 25 hours, and what is counted or paid is part of what was told.
select agent_key, date_day
from {{ ref('fct_agent_time') }}
group by agent_key, date_day
having sum(counted_seconds) > 25 * 3600
    or sum(counted_seconds) > sum(seconds)
    or max(seconds) > sum(counted_seconds)
    or sum(paid_seconds) > sum(counted_seconds)
