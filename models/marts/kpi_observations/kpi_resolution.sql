-- Grain: one observation of one resolution-time KPI: a ticket solved, or (by created date) a ticket still waiting.
{%- set solved_kpis = {
    'average_resolution_time': 'full_resolution_seconds',
    'resolution_time_ex_pending': 'resolution_ex_pending_seconds',
    'resolution_time_ex_waiting': 'resolution_ex_hold_seconds',
    'resolution_time_ex_pending_and_waiting': 'resolution_ex_pending_and_hold_seconds',
} %}
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where is_countable

),

times as (

    select * from {{ ref('kpi_ticket_times') }}

),

observed as (

    {% for kpi_id, seconds in solved_kpis.items() %}
        select
            '{{ kpi_id }}' as kpi_id, 'solved' as milestone, 'solved' as attribution, 'distribution' as measure,
            ticket_key, clock, {{ seconds }} as seconds, false as is_censored, false as is_immature
        from times
        union all
    {% endfor %}
    select
        'first_resolution_time' as kpi_id, 'first_solved' as milestone, 'solved' as attribution, 'distribution' as measure,
        ticket_key, clock, first_resolution_seconds as seconds, false as is_censored, false as is_immature
    from times
    union all
    -- The cohort view counts who still waits, so that solving only easy tickets does not look like progress.
    select
        'average_resolution_time' as kpi_id, 'created' as milestone, 'created' as attribution, 'distribution' as measure,
        ticket_key, clock, full_resolution_seconds as seconds, is_unsolved as is_censored, not is_mature as is_immature
    from times
    union all
    select
        'average_resolution_time' as kpi_id, 'created' as milestone, 'created' as attribution, 'survival' as measure,
        ticket_key, clock, coalesce(full_resolution_seconds, running_seconds) as seconds,
        is_unsolved as is_censored, not is_mature as is_immature
    from times
    where is_unsolved or full_resolution_seconds is not null

),

final as (

    select
        observed.kpi_id,
        'default' as variant,
        observed.attribution,
        observed.clock,
        observed.measure,
        milestones.observed_on,
        observed.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        cast(observed.seconds as double) as numerator,
        case when observed.seconds is not null then 1.0 end as denominator,
        observed.is_censored,
        observed.is_immature
    from observed
    inner join milestones
        on observed.ticket_key = milestones.ticket_key and observed.milestone = milestones.milestone

)

select * from final
