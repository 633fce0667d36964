-- Grain: one state of an agent in one channel × reporting day, as far as it has lasted.
with

parts as (

    select * from {{ ref('int_agent_time_parts') }} where kind = 'state'

),

states as (

    select * from {{ ref('int_agent_states') }}

),

pieces as (

    select
        state_part_key,
        sum(seconds) as counted_seconds,
        sum(case when is_paid then seconds else 0 end) as paid_seconds
    from {{ ref('int_agent_time_pieces') }}
    where state_part_key is not null
    group by state_part_key

),

tickets as (

    select ticket_key, source_system, source_account, ticket_id from {{ ref('int_tickets') }}

),

final as (

    select
        parts.part_key as agent_time_key,
        states.agent_key,
        states.source_system,
        states.source_account,
        parts.date_day,
        parts.started_at,
        parts.ended_at,
        states.state,
        states.channel,
        tickets.ticket_key,
        cast({{ seconds_between('parts.started_at', 'parts.ended_at') }} as bigint) as seconds,
        cast(coalesce(pieces.counted_seconds, 0) as bigint) as counted_seconds,
        cast(coalesce(pieces.paid_seconds, 0) as bigint) as paid_seconds,
        states.state in ('handling', 'after_call') as is_handling,
        states.state in ('handling', 'after_call', 'available') as is_at_work,
        states.is_running
    from parts
    inner join states on parts.span_key = states.state_key
    left join pieces on parts.part_key = pieces.state_part_key
    left join tickets
        on states.source_system = tickets.source_system
            and states.source_account = tickets.source_account
            and states.ticket_id = tickets.ticket_id

)

select * from final
