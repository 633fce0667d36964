-- Grain: one target of one version of an SLA policy of the open format.
with

policies as (

    select * from {{ ref('stg_generic__sla_policies') }}

),

-- A version ends where the next one of the same target begins, told or not.
versions as (

    select
        *,
        lead(valid_from_at) over (
            partition by source_account, policy_id, metric, priority, group_id order by valid_from_at nulls first
        ) as next_valid_from_at
    from policies

),

final as (

    select
        source_system,
        source_account,
        policy_id,
        policy_name,
        position,
        metric,
        priority as vendor_priority,
        group_id as team_id,
        target_seconds,
        clock,
        valid_from_at,
        case
            when valid_until_at is null or valid_until_at > next_valid_from_at then coalesce(next_valid_from_at, valid_until_at)
            else valid_until_at
        end as valid_until_at,
        true as is_derivable
    from versions

)

select * from final
