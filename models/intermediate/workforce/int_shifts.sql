-- Grain: one shift of an agent, as far as it has passed.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

agents as (

    select * from {{ ref('int_staffed_agents') }}

),

final as (

    select
        {{ surrogate_key(['shifts.source_system', 'shifts.source_account', 'shifts.shift_id']) }} as shift_key,
        agents.agent_key,
        shifts.source_system,
        shifts.source_account,
        shifts.starts_at as started_at,
        least(shifts.ends_at, run.as_of) as ended_at,
        shifts.is_paid
    from {{ ref('stg_generic__shifts') }} as shifts
    inner join agents on shifts.source_account = agents.told_by_account and shifts.agent_id = agents.agent_id
    cross join run
    where shifts.starts_at < least(shifts.ends_at, run.as_of)

)

select * from final
