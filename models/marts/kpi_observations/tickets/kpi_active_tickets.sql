-- Grain: one ticket × day × holder on which it was touched: a public message, or a change of its status.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

-- Whoever wrote it, it is a ticket of the agent who holds it.
messages as (

    select ticket_key, observed_on, team, holder_agent_key as agent_key from {{ ref('kpi_public_messages') }}

),

status_changes as (

    select ticket_key, started_on as observed_on, team, agent_key
    from {{ ref('fct_ticket_spells') }}
    where previous_status is null or previous_status <> status

),

touches as (

    select * from messages
    union
    select * from status_changes

),

final as (

    select
        'tickets_active' as kpi_id,
        'active_touched' as variant,
        'event' as attribution,
        'none' as clock,
        'distinct_count' as measure,
        touches.observed_on,
        touches.ticket_key as subject_key,
        tickets.source_system,
        tickets.channel,
        touches.team,
        touches.agent_key,
        tickets.priority,
        tickets.ticket_type,
        1.0 as numerator,
        cast(null as double) as denominator,
        false as is_censored,
        false as is_immature
    from touches
    inner join tickets on touches.ticket_key = tickets.ticket_key

)

select * from final
