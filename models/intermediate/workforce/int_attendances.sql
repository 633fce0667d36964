-- Grain: one stretch of a reporting day in which somebody of a helpdesk account is at work without a break, or ready for a contact.
with

agents as (

    select distinct agent_key, source_system, source_account from {{ ref('int_staffed_agents') }}

),

states as (

    select * from {{ ref('int_agent_states') }} where state in ('handling', 'after_call', 'available')

),

parts as (

    select
        agents.source_system,
        agents.source_account,
        parts.date_day,
        states.state,
        parts.started_at as from_at,
        parts.ended_at as to_at
    from {{ ref('int_agent_time_parts') }} as parts
    inner join states on parts.span_key = states.state_key and parts.kind = 'state'
    inner join agents on states.agent_key = agents.agent_key

),

attended as (

    select 'at_work' as attendance, * from parts
    union all
    select 'ready' as attendance, * from parts
    where state = 'available'

),

marked as (

    select
        *,
        max(to_at) over (
            partition by attendance, source_system, source_account, date_day order by from_at, to_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from attended

),

-- Whoever takes over before the other leaves goes on with the same stretch.
numbered as (

    select
        *,
        sum(case when reached_at is null or from_at > reached_at then 1 else 0 end) over (
            partition by attendance, source_system, source_account, date_day order by from_at, to_at
            rows between unbounded preceding and current row
        ) as stretch_number
    from marked

),

final as (

    select
        attendance,
        source_system,
        source_account,
        date_day,
        min(from_at) as from_at,
        max(to_at) as to_at
    from numbered
    group by attendance, source_system, source_account, date_day, stretch_number

)

select * from final
