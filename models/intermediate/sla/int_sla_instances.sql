-- Grain: one SLA instance: one target set on one span of a ticket's life, by the helpdesk's own events or derived.
with

unioned as (

    select
        *,
        'derived' as basis,
        cast(null as timestamp) as told_breached_at,
        false as is_breach_retracted
    from {{ ref('int_sla_derived_instances') }}
    union all
    select
        ticket_key,
        source_system,
        source_account,
        metric,
        instance_number,
        policy_id,
        policy_name,
        target_seconds,
        clock,
        priority,
        applied_at,
        ended_at,
        ending,
        'metric_events' as basis,
        breached_at as told_breached_at,
        is_breach_retracted
    from {{ ref('int_zendesk__sla_instances') }}

),

final as (

    select
        {{ surrogate_key(['ticket_key', 'metric', 'instance_number', 'policy_id', 'applied_at']) }} as sla_instance_key,
        *
    from unioned

)

select * from final
