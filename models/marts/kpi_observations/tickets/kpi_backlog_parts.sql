-- Grain: one KPI of a part of the backlog × variant × slice value × period, as it stood at the period's end (or at as_of).
with

levels as (

    select * from {{ ref('kpi_backlog_levels') }}

),

slices as (

    select * from {{ ref('kpi_registry_slices') }}

),

-- Without messages nobody knows who waits for a reply.
with_messages as (

    select distinct
        slice,
        {{ slice_value() }} as slice_value
    from (
        select
            slices.slice,
            tickets.source_system,
            tickets.channel,
            spells.team,
            spells.agent_key,
            tickets.priority,
            tickets.ticket_type
        from {{ ref('fct_ticket_spells') }} as spells
        inner join {{ ref('fct_tickets') }} as tickets on spells.ticket_key = tickets.ticket_key
        inner join slices on slices.kpi_id = 'backlog_overdue'
        where tickets.agent_reply_count is not null
    )

),

unioned as (

    select 'tickets_new' as kpi_id, 'default' as variant, new_count as ticket_count, levels.* from levels
    union all
    select 'tickets_active' as kpi_id, 'active_open' as variant, backlog_count as ticket_count, levels.* from levels
    union all
    select 'unassigned_backlog' as kpi_id, 'default' as variant, unassigned_count as ticket_count, levels.* from levels
    union all
    select 'unassigned_backlog' as kpi_id, 'without_team' as variant, without_team_count as ticket_count, levels.* from levels
    union all
    select 'backlog_overdue' as kpi_id, 'default' as variant, overdue_count as ticket_count, levels.* from levels
    union all
    select 'backlog_overdue' as kpi_id, 'overdue_reply' as variant, overdue_reply_count as ticket_count, levels.*
    from levels
    inner join with_messages
        on levels.slice = with_messages.slice and levels.slice_value = with_messages.slice_value
    union all
    select
        'backlog_overdue' as kpi_id, 'overdue_resolution' as variant, overdue_resolution_count as ticket_count, levels.*
    from levels

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        'as_of' as attribution,
        'count' as statistic,
        'none' as clock,
        unioned.period_grain,
        unioned.period_start,
        unioned.slice,
        unioned.slice_value,
        cast(unioned.ticket_count as double) as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        unioned.ticket_count as n,
        cast(0 as bigint) as n_censored,
        unioned.is_over as is_complete
    from unioned
    inner join slices on unioned.kpi_id = slices.kpi_id and unioned.slice = slices.slice
    union all
    -- How long the backlog would take at the pace of the last 28 days.
    select
        'backlog_days' as kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'mean' as statistic,
        'calendar' as clock,
        levels.period_grain,
        levels.period_start,
        levels.slice,
        levels.slice_value,
        cast(levels.backlog_count * levels.days_of_28 * 86400 as double) / nullif(levels.solves_of_28_days, 0) as value,
        cast(levels.backlog_count * levels.days_of_28 * 86400 as double) as numerator,
        cast(levels.solves_of_28_days as double) as denominator,
        cast(levels.solves_of_28_days as bigint) as n,
        cast(0 as bigint) as n_censored,
        levels.is_over as is_complete
    from levels
    inner join slices on levels.slice = slices.slice and slices.kpi_id = 'backlog_days'

)

select * from final
