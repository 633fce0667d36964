-- Grain: one target of one version of an SLA policy of any helpdesk.
with

unioned as (

    select * from {{ ref('int_generic__sla_policies') }}
    union all
    select * from {{ ref('int_zendesk__sla_policies') }}

),

priorities as (

    select * from {{ ref('priorities') }}

),

final as (

    select
        {{ surrogate_key([
            'unioned.source_system', 'unioned.source_account', 'unioned.policy_id', 'unioned.metric', 'unioned.vendor_priority',
            'unioned.team_id', 'unioned.valid_from_at',
        ]) }} as sla_policy_key,
        unioned.source_system,
        unioned.source_account,
        unioned.policy_id,
        unioned.policy_name,
        unioned.position,
        unioned.metric,
        coalesce(priorities.priority, unioned.vendor_priority) as priority,
        unioned.team_id,
        unioned.target_seconds,
        unioned.clock,
        unioned.valid_from_at,
        unioned.valid_until_at,
        unioned.is_derivable
    from unioned
    left join priorities
        on unioned.source_system = priorities.source_system and unioned.vendor_priority = priorities.vendor_priority

)

select * from final
