-- met + breached + active + cancelled are all instances, and each state has the instants it stands on and no others.
select sla_instance_key
from {{ ref('fct_sla_instances') }}
where coalesce(
        case state
            when 'met' then fulfilled_at is not null and breached_at is null and settled_on is not null
            when 'breached' then breached_at is not null and settled_on is not null
            when 'active' then fulfilled_at is null and breached_at is null and settled_on is null
            when 'cancelled' then fulfilled_at is null and breached_at is null and settled_on is null
        end,
        false
    ) = false
