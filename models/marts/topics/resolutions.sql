-- Grain: one solve of a ticket, also one that was undone by a reopen.
with

tickets as (

    select * from {{ ref('fct_tickets') }}

),

events as (

    select
        *,
        lead(started_at) over (partition by ticket_key order by started_at) as next_at,
        lead(is_reopen) over (partition by ticket_key order by started_at) as is_next_reopen,
        sum(case when is_solve then 1 else 0 end) over (
            partition by ticket_key order by started_at rows between unbounded preceding and current row
        ) as solve_number
    from {{ ref('fct_ticket_spells') }}
    where is_solve or is_reopen

),

solves as (

    select *, case when is_next_reopen then next_at end as reopened_at from events where is_solve

),

final as (

    select
        solves.ticket_key,
        tickets.ticket_id,
        tickets.source_system,
        tickets.source_account,
        tickets.is_countable,
        tickets.priority,
        tickets.ticket_type,
        tickets.channel,
        tickets.requester_key as customer_key,
        solves.team,
        solves.agent_key,
        agents.agent_name,
        cast(solves.solve_number as bigint) as solve_number,
        coalesce(solves.started_at = tickets.solved_at, false) as is_standing,
        solves.reopened_at is not null as is_reopened,
        tickets.created_on,
        solves.started_at as solved_at,
        solves.started_on as solved_on,
        days.month_start as solved_month,
        solves.reopened_at,
        {{ reporting_day('solves.reopened_at', 'run.reporting_time_zone') }} as reopened_on,
        {{ hours(seconds_between('solves.started_at', 'solves.reopened_at')) }} as hours_until_reopen,
        cast({{ seconds_between('tickets.created_at', 'solves.started_at') }} as bigint) as resolution_seconds,
        {{ hours(seconds_between('tickets.created_at', 'solves.started_at')) }} as resolution_hours,
        case
            when solves.started_at = tickets.solved_at and tickets.schedule_origin <> 'always_open'
                then {{ hours('tickets.full_resolution_business_seconds') }}
        end as resolution_business_hours,
        case when solves.started_at = tickets.solved_at then {{ hours('tickets.resolution_ex_pending_seconds') }} end
            as resolution_ex_pending_hours,
        case when solves.started_at = tickets.solved_at then tickets.resolution_method end as resolution_method,
        case when solves.started_at = tickets.solved_at then tickets.is_first_contact_resolution end
            as is_first_contact_resolution,
        case when solves.started_at = tickets.solved_at then tickets.has_repeat_contact end as has_repeat_contact,
        case when solves.started_at = tickets.solved_at then tickets.csat_score end as csat_score
    from solves
    inner join tickets on solves.ticket_key = tickets.ticket_key
    cross join {{ ref('dim_staffing_target') }} as run
    left join {{ ref('dim_date') }} as days on solves.started_on = days.date_day
    left join {{ ref('dim_agent') }} as agents on solves.agent_key = agents.agent_key

)

select * from final
