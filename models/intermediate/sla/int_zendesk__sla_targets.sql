-- Grain: one target set on one instance of a metric of a Zendesk ticket, until another one took its place.
with

applications as (

    select
        *,
        row_number() over (
            partition by ticket_key, metric, instance_number, policy_id, occurred_at order by event_number desc
        ) as recency
    from {{ ref('int_zendesk__sla_events') }}
    where event_type = 'apply_sla' and not is_deleted and policy_id is not null and target_seconds > 0

),

compared as (

    select
        *,
        lag(policy_id) over (partition by ticket_key, metric, instance_number order by event_number) as previous_policy_id,
        lag(target_seconds) over (partition by ticket_key, metric, instance_number order by event_number) as previous_target_seconds,
        lag(clock) over (partition by ticket_key, metric, instance_number order by event_number) as previous_clock
    from applications
    where recency = 1

),

-- The same target told again is no new one.
final as (

    select
        ticket_key,
        source_system,
        source_account,
        metric,
        instance_number,
        policy_id,
        policy_title as policy_name,
        target_seconds,
        clock,
        occurred_at as applied_at,
        previous_policy_id is null as is_first,
        event_number,
        lead(occurred_at) over (partition by ticket_key, metric, instance_number order by event_number) as superseded_at
    from compared
    where previous_policy_id is null
        or previous_policy_id <> policy_id
        or previous_target_seconds <> target_seconds
        or previous_clock <> clock

)

select * from final
