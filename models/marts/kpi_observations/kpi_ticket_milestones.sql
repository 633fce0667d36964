-- Grain: one milestone of one ticket, credited to whoever held the ticket then.
with

tickets as (

    select * from {{ ref('fct_tickets') }}

),

spells as (

    select * from {{ ref('fct_ticket_spells') }}

),

first_spells as (

    select ticket_key, agent_key, team
    from (select *, row_number() over (partition by ticket_key order by started_at) as spell_number from spells)
    where spell_number = 1

),

-- A ticket deleted at its creation has no spell, or one from its undeletion on, and was created all the same.
created as (

    select
        'created' as milestone,
        tickets.ticket_key,
        tickets.created_on as observed_on,
        case when first_spells.ticket_key is null then tickets.agent_key else first_spells.agent_key end as agent_key,
        case when first_spells.ticket_key is null then tickets.team else first_spells.team end as team
    from tickets
    left join first_spells on tickets.ticket_key = first_spells.ticket_key

),

solve_events as (

    select 'solve_event' as milestone, ticket_key, started_at, started_on as observed_on, agent_key, team
    from spells
    where is_solve

),

reopen_events as (

    select 'reopen_event' as milestone, ticket_key, started_on as observed_on, agent_key, team
    from spells
    where is_reopen

),

first_solved as (

    select 'first_solved' as milestone, solve_events.ticket_key, solve_events.observed_on, solve_events.agent_key, solve_events.team
    from solve_events
    inner join tickets
        on solve_events.ticket_key = tickets.ticket_key and solve_events.started_at = tickets.first_solved_at

),

solved as (

    select 'solved' as milestone, solve_events.ticket_key, solve_events.observed_on, solve_events.agent_key, solve_events.team
    from solve_events
    inner join tickets
        on solve_events.ticket_key = tickets.ticket_key and solve_events.started_at = tickets.solved_at

),

milestones as (

    select milestone, ticket_key, observed_on, agent_key, team from created
    union all
    select milestone, ticket_key, observed_on, agent_key, team from solve_events
    union all
    select milestone, ticket_key, observed_on, agent_key, team from reopen_events
    union all
    select milestone, ticket_key, observed_on, agent_key, team from first_solved
    union all
    select milestone, ticket_key, observed_on, agent_key, team from solved

),

final as (

    select
        milestones.milestone,
        milestones.ticket_key,
        milestones.observed_on,
        milestones.agent_key,
        milestones.team,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type,
        tickets.is_countable,
        tickets.origin,
        tickets.is_mature,
        tickets.is_history_incomplete and tickets.status in ('solved', 'closed') as is_solve_unknown
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key

)

select * from final
