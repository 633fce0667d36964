-- The breaches of all metrics are those of each metric, and with the ones met they are what the rate divides by.
with

instances as (

    select
        count(*) as settled,
        sum(case when instances.state = 'breached' then 1 else 0 end) as breached
    from {{ ref('fct_sla_instances') }} as instances
    inner join {{ ref('fct_tickets') }} as tickets on instances.ticket_key = tickets.ticket_key
    where instances.state in ('met', 'breached') and tickets.is_countable

),

observed as (

    select
        sum(case when kpi_id = 'sla_attainment_rate' and variant = 'default' then denominator else 0 end) as settled,
        sum(case when kpi_id = 'sla_breach_count' and variant = 'default' then numerator else 0 end) as breached,
        sum(case when kpi_id = 'sla_attainment_rate' and variant <> 'default' then denominator else 0 end) as settled_by_metric,
        sum(case when kpi_id = 'sla_breach_count' and variant <> 'default' then numerator else 0 end) as breached_by_metric
    from {{ ref('kpi_sla') }}

)

select instances.*
from instances
cross join observed
where instances.settled <> coalesce(observed.settled, 0)
    or coalesce(instances.breached, 0) <> coalesce(observed.breached, 0)
    or instances.settled <> coalesce(observed.settled_by_metric, 0)
    or coalesce(instances.breached, 0) <> coalesce(observed.breached_by_metric, 0)
