-- Grain: one SLA instance: one target set on one span of a ticket's life, with what became of it.
with

instances as (

    select * from {{ ref('int_sla_instances') }}

),

verdicts as (

    select * from {{ ref('int_sla_verdicts') }}

),

spells as (

    select * from {{ ref('fct_ticket_spells') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Charged is who held the ticket when the target passed, else when it was met, else who holds it now (E17).
charged as (

    select
        instances.sla_instance_key,
        spells.agent_key,
        spells.team,
        spells.team_key,
        row_number() over (partition by instances.sla_instance_key order by spells.started_at desc) as recency
    from instances
    inner join verdicts on instances.sla_instance_key = verdicts.sla_instance_key
    cross join run
    inner join spells
        on instances.ticket_key = spells.ticket_key
            and spells.started_at <= coalesce(verdicts.breached_at, verdicts.fulfilled_at, run.as_of)

),

final as (

    select
        instances.sla_instance_key,
        instances.ticket_key,
        instances.source_system,
        instances.source_account,
        instances.metric,
        instances.instance_number,
        instances.policy_id,
        instances.policy_name,
        instances.target_seconds,
        instances.clock,
        instances.basis,
        instances.applied_at,
        verdicts.due_at,
        verdicts.fulfilled_at,
        verdicts.breached_at,
        {{ reporting_day('coalesce(verdicts.breached_at, verdicts.fulfilled_at)', 'run.reporting_time_zone') }} as settled_on,
        verdicts.state,
        verdicts.used_seconds,
        instances.priority,
        charged.agent_key,
        charged.team,
        charged.team_key
    from instances
    inner join verdicts on instances.sla_instance_key = verdicts.sla_instance_key
    cross join run
    left join charged on instances.sla_instance_key = charged.sla_instance_key and charged.recency = 1

)

select * from final
