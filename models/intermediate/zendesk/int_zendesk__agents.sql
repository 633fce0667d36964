-- Grain: one Zendesk user who is an agent or was one, as of the run.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

users as (

    select * from {{ ref('stg_zendesk__users') }}

),

agents as (

    select distinct roles.source_account, roles.user_id
    from {{ ref('int_zendesk__user_roles') }} as roles
    cross join run
    where roles.is_agent and (roles.valid_from_at is null or roles.valid_from_at <= run.as_of)

),

final as (

    select
        users.source_system,
        users.source_account,
        users.user_id as agent_id,
        users.user_name as agent_name,
        -- Who left is an end user now, and was an agent.
        case when users.role = 'admin' then 'admin' else 'agent' end as role,
        cast(null as {{ dbt.type_string() }}) as tier,
        users.default_group_id as group_id,
        users.role in ('agent', 'admin') and users.is_active and not users.is_suspended as is_active,
        cast(null as boolean) as is_trainer,
        cast(null as date) as hired_on,
        cast(null as date) as in_training_until
    from users
    inner join agents on users.source_account = agents.source_account and users.user_id = agents.user_id

)

select * from final
