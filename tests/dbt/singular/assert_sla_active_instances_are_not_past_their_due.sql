-- Nor is one that was met by our own clock; what a helpdesk says is met is its own affair.
select instances.sla_instance_key
from {{ ref('fct_sla_instances') }} as instances
cross join {{ ref('stg_warehouse__run') }} as run
where (instances.state = 'active' and instances.due_at <= run.as_of)
    or (
        instances.state = 'met'
        and instances.basis = 'derived'
        and {{ whole_second('instances.fulfilled_at') }} > instances.due_at
    )
