-- Grain: one span of a ticket's life under the one target that was set on it when it began.
with

spans as (

    select * from {{ ref('int_sla_spans') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }} where not is_merge

),

policies as (

    select * from {{ ref('int_sla_policies') }} where is_derivable

),

-- Policy, priority and team as they were then (E18); what is told more exactly comes first within one position.
matched as (

    select
        spans.ticket_key,
        spans.source_system,
        spans.source_account,
        spans.metric,
        spans.instance_number,
        policies.policy_id,
        policies.policy_name,
        policies.target_seconds,
        policies.clock,
        spells.priority,
        spans.applied_at,
        spans.ended_at,
        spans.ending,
        row_number() over (
            partition by spans.ticket_key, spans.metric, spans.instance_number
            order by
                policies.position asc nulls last,
                case when policies.priority is null then 1 else 0 end,
                case when policies.team_id is null then 1 else 0 end,
                policies.policy_id asc,
                policies.valid_from_at desc nulls last,
                policies.sla_policy_key asc
        ) as precedence
    from spans
    inner join spells
        on spans.ticket_key = spells.ticket_key
            and spans.applied_at >= spells.started_at
            and (spells.ended_at is null or spans.applied_at < spells.ended_at)
    inner join policies
        on spans.source_system = policies.source_system
            and spans.source_account = policies.source_account
            and spans.metric = policies.metric
            and (policies.priority is null or spells.priority = policies.priority)
            and (policies.team_id is null or spells.team_id = policies.team_id)
            and (policies.valid_from_at is null or spans.applied_at >= policies.valid_from_at)
            and (policies.valid_until_at is null or spans.applied_at < policies.valid_until_at)

),

final as (

    select
        ticket_key,
        source_system,
        source_account,
        metric,
        cast(instance_number as bigint) as instance_number,
        policy_id,
        policy_name,
        target_seconds,
        clock,
        priority,
        applied_at,
        ended_at,
        ending
    from matched
    where precedence = 1

)

select * from final
