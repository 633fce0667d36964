select instances.sla_instance_key
from {{ ref('fct_sla_instances') }} as instances
cross join {{ ref('stg_warehouse__run') }} as run
where instances.state = 'breached'
    and (
        instances.due_at is null
        or instances.due_at <> instances.breached_at
        or instances.breached_at > run.as_of
        or instances.breached_at < {{ whole_second('instances.applied_at') }}
        or instances.fulfilled_at < instances.breached_at
    )
