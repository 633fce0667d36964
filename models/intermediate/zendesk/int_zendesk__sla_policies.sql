-- Grain: one target of one version of an SLA policy of Zendesk.
with

policies as (

    select * from {{ ref('stg_zendesk__sla_policy_versions') }}

),

-- The first version known holds since the policy was made.
versions as (

    select
        *,
        coalesce(updated_at, created_at) as version_at,
        row_number() over (partition by source_account, policy_id order by coalesce(updated_at, created_at) nulls first) as version_number,
        lead(coalesce(updated_at, created_at)) over (
            partition by source_account, policy_id order by coalesce(updated_at, created_at) nulls first
        ) as next_version_at
    from policies

),

conditions as (

    select
        source_account,
        policy_id,
        version_number,
        {{ json_text('element', '$.field') }} as field,
        {{ json_text('element', '$.operator') }} as operator,
        -- One value, alone or as a list of one.
        translate({{ json_text('element', '$.value') }}, '[]" ', '') as condition_value
    from (
        select source_account, policy_id, version_number, {{ json_elements(json_text('filter', '$.all')) }}
        from versions
    )

),

judged as (

    select
        *,
        operator in ('is', 'includes') and condition_value <> '' and translate(condition_value, ',', '') = condition_value
        and field in ('group_id', 'priority') as is_understood
    from conditions

),

filters as (

    select
        source_account,
        policy_id,
        version_number,
        max(case when field = 'group_id' then condition_value end) as team_id,
        max(case when field = 'priority' then lower(condition_value) end) as only_priority,
        -- Two values of one field never hold at once.
        min(case when coalesce(is_understood, false) then 1 else 0 end) = 1
        and count(distinct case when field = 'group_id' then condition_value end) <= 1
        and count(distinct case when field = 'priority' then lower(condition_value) end) <= 1 as is_understood
    from judged
    group by source_account, policy_id, version_number

),

targets as (

    select versions.*, {{ json_elements('policy_metrics') }}
    from versions

),

read_targets as (

    select
        targets.*,
        replace(lower({{ json_text('element', '$.metric') }}), '_time', '') as metric,
        lower({{ json_text('element', '$.priority') }}) as target_priority,
        coalesce(
            try_cast({{ json_text('element', '$.target_in_seconds') }} as bigint),
            60 * try_cast({{ json_text('element', '$.target') }} as bigint)
        ) as target_seconds,
        coalesce(try_cast({{ json_text('element', '$.business_hours') }} as boolean), false) as is_business_hours
    from targets

),

final as (

    select
        read_targets.source_system,
        read_targets.source_account,
        read_targets.policy_id,
        read_targets.policy_title as policy_name,
        read_targets.position,
        read_targets.metric,
        read_targets.target_priority as vendor_priority,
        filters.team_id,
        read_targets.target_seconds,
        case when read_targets.is_business_hours then 'business' else 'calendar' end as clock,
        case when read_targets.version_number = 1 then read_targets.created_at else read_targets.version_at end as valid_from_at,
        read_targets.next_version_at as valid_until_at,
        coalesce(filters.is_understood, true)
        and translate(coalesce({{ json_text('read_targets.filter', '$.any') }}, '[]'), ' ', '') = '[]'
        and (filters.only_priority is null or coalesce(filters.only_priority = read_targets.target_priority, false)) as is_derivable
    from read_targets
    left join filters
        on read_targets.source_account = filters.source_account
            and read_targets.policy_id = filters.policy_id
            and read_targets.version_number = filters.version_number
    where read_targets.target_seconds > 0
        and read_targets.metric in (
            'first_reply', 'next_reply', 'periodic_update', 'pausable_update', 'agent_work', 'requester_wait', 'total_resolution'
        )

)

select * from final
