-- What the marts of periods say of all agents, teams and types together is what marts.kpi_values says of them.
with

told as (

    select
        'agent' as slice, period_grain, period_start, solved_count, sla_breach_count, backlog_count,
        agent_key as slice_value
    from {{ ref('agents') }}
    union all
    select 'team' as slice, period_grain, period_start, solved_count, sla_breach_count, backlog_count, team
    from {{ ref('teams') }}
    union all
    select 'ticket_type' as slice, period_grain, period_start, solved_count, sla_breach_count, backlog_count, ticket_type
    from {{ ref('ticket_types') }}

),

added_up as (

    select
        slice,
        period_grain,
        period_start,
        count(distinct slice_value) as value_count,
        coalesce(sum(solved_count), 0) as solved_count,
        coalesce(sum(sla_breach_count), 0) as sla_breach_count,
        coalesce(sum(backlog_count), 0) as backlog_count
    from told
    group by slice, period_grain, period_start

),

figures as (

    select
        slice,
        period_grain,
        period_start,
        count(distinct slice_value) as value_count,
        coalesce(sum(case when kpi_id = 'tickets_solved' and attribution = 'solved' and variant = 'default' then value end), 0)
            as solved_count,
        coalesce(sum(case when kpi_id = 'sla_breach_count' and variant = 'default' then value end), 0) as sla_breach_count,
        coalesce(sum(case when kpi_id = 'backlog_unsolved' then value end), 0) as backlog_count
    from {{ ref('kpi_values') }}
    where period_grain <> 'day'
        and slice in ('agent', 'team', 'ticket_type')
        and (slice <> 'agent' or slice_value <> 'unassigned')
    group by slice, period_grain, period_start

)

select figures.*
from figures
left join added_up
    on figures.slice = added_up.slice
        and figures.period_grain = added_up.period_grain
        and figures.period_start = added_up.period_start
where coalesce(added_up.value_count, 0) <> figures.value_count
    or added_up.solved_count <> figures.solved_count
    or added_up.sla_breach_count <> figures.sla_breach_count
    or added_up.backlog_count <> figures.backlog_count
