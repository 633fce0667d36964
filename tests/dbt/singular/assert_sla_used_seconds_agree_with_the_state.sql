-- By our own clock: what was met used no more than the target, what was breached all of it.
select sla_instance_key
from {{ ref('fct_sla_instances') }}
where used_seconds < 0
    or (basis = 'derived' and state = 'met' and used_seconds > target_seconds)
    or (basis = 'derived' and state = 'active' and used_seconds > target_seconds)
    or (basis = 'derived' and state = 'breached' and used_seconds < target_seconds)
