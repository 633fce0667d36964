-- Grain: one agent of any helpdesk, on the roster or seen holding a ticket or on the phone.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

roster as (

    select agents.*
    from {{ ref('stg_generic__agents') }} as agents
    cross join run
    where agents.valid_from is null or agents.valid_from <= run.as_of

),

latest_roster as (

    select
        * from (
        select
            *,
            row_number() over (
                partition by source_account, agent_id order by valid_from desc nulls last, _loaded_at desc
            ) as version_rank
        from roster
    )
    where version_rank = 1

),

listed as (

    select
        source_system, source_account, agent_id, agent_name, role, tier, group_id,
        is_active, is_trainer, hired_on, in_training_until
    from latest_roster
    union all
    select
        source_system, source_account, agent_id, agent_name, role, tier, group_id,
        is_active, is_trainer, hired_on, in_training_until
    from {{ ref('int_zendesk__agents') }}

),

tickets as (

    select ticket_key, source_system, source_account from {{ ref('int_tickets') }}

),

holders as (

    select distinct
        tickets.source_system,
        tickets.source_account,
        spells.assignee_id as agent_id
    from {{ ref('int_ticket_spells') }} as spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    where spells.assignee_id is not null

),

known as (

    select source_system, source_account, agent_id from listed
    union
    select source_system, source_account, agent_id from holders
    union
    select source_system, source_account, first_agent_id as agent_id from {{ ref('int_calls') }} where first_agent_id is not null
    union
    select source_system, source_account, agent_id from {{ ref('int_call_legs') }} where agent_id is not null

),

final as (

    select
        {{ pseudonym(['known.source_system', 'known.source_account', 'known.agent_id']) }} as agent_key,
        known.source_system,
        known.source_account,
        known.agent_id,
        listed.agent_name,
        listed.role,
        listed.tier,
        listed.group_id as home_team_id,
        listed.is_active,
        listed.is_trainer,
        listed.hired_on,
        listed.in_training_until
    from known
    left join listed
        on known.source_system = listed.source_system
            and known.source_account = listed.source_account
            and known.agent_id = listed.agent_id

)

select * from final
