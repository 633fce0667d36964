-- Grain: one stretch of time in which the role of a Zendesk user stayed the same.
with

versions as (

    select
        source_system,
        source_account,
        user_id,
        role,
        coalesce(updated_at, created_at) as version_at
    from {{ ref('stg_zendesk__user_versions') }}

),

first_versions as (

    select source_account, user_id, min(version_at) as first_version_at
    from versions
    group by source_account, user_id

),

assignments as (

    select * from {{ ref('stg_zendesk__ticket_audit_events') }}
    where event_type in ('Create', 'Change') and field_name = 'assignee_id'

),

holders as (

    select source_system, source_account, value as user_id, created_at as held_at from assignments
    union all
    select source_system, source_account, previous_value as user_id, created_at as held_at from assignments
    union all
    select source_system, source_account, assignee_id as user_id, coalesce(updated_at, created_at) as held_at
    from {{ ref('stg_zendesk__tickets') }}

),

-- Only agents are given tickets: who held one before the first version was an agent until then.
agents_before_versions as (

    select distinct
        holders.source_system,
        holders.source_account,
        holders.user_id,
        'agent' as role,
        cast(null as timestamp) as version_at
    from holders
    left join first_versions
        on holders.source_account = first_versions.source_account and holders.user_id = first_versions.user_id
    where holders.user_id is not null
        and (first_versions.user_id is null or holders.held_at < first_versions.first_version_at)

),

ordered as (

    select
        *,
        lag(role) over (partition by source_account, user_id order by version_at nulls first) as previous_role
    from (
        select * from agents_before_versions
        union all
        select * from versions
    )

),

changed as (

    select
        *,
        row_number() over (partition by source_account, user_id order by version_at nulls first) as version_number
    from ordered
    where previous_role is null or previous_role <> role

),

-- What somebody was before the first version is not known: the same, as far as can be told.
final as (

    select
        source_system,
        source_account,
        user_id,
        role,
        role in ('agent', 'admin') as is_agent,
        case when version_number > 1 then version_at end as valid_from_at,
        lead(version_at) over (partition by source_account, user_id order by version_number) as valid_until_at
    from changed

)

select * from final
