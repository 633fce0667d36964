-- Grain: one assignment: the time one agent holds a countable ticket without another or nobody in between.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

-- Who gets a ticket when it is solved already has nothing to solve.
spells as (

    select * from {{ ref('fct_ticket_spells') }} where status not in ('solved', 'closed') or is_solve

),

compared as (

    select
        *,
        case
            when coalesce(agent_key, '') <> coalesce(lag(agent_key) over (partition by ticket_key order by started_at), '') then 1
            else 0
        end as is_handed_over
    from spells

),

numbered as (

    select
        *,
        sum(is_handed_over) over (
            partition by ticket_key order by started_at rows between unbounded preceding and current row
        ) as assignment_number
    from compared

),

-- The team is the one it was assigned in.
assignments as (

    select
        ticket_key,
        agent_key,
        assignment_number,
        min(started_on) as assigned_on,
        min(case when is_solve then started_on end) as solved_on,
        min(case when is_first then team end) as team
    from (
        select
            *,
            row_number() over (partition by ticket_key, assignment_number order by started_at) = 1 as is_first
        from numbered
        where agent_key is not null
    )
    group by ticket_key, agent_key, assignment_number

),

final as (

    select
        {{ surrogate_key(['assignments.ticket_key', 'assignments.assignment_number']) }} as assignment_key,
        assignments.ticket_key,
        assignments.assigned_on,
        assignments.solved_on,
        assignments.agent_key,
        assignments.team,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type
    from assignments
    inner join tickets on assignments.ticket_key = tickets.ticket_key

)

select * from final
