-- Grain: one method of resolution × slice value × period, with its share of the tickets solved.
with

slices as (

    select * from {{ ref('kpi_registry_slices') }} where kpi_id = 'resolution_method_mix'

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

-- Whether it was the only contact is not known until the customer has had the days to come back.
solved as (

    select
        milestones.observed_on,
        tickets.resolution_method,
        tickets.resolution_method in ('one_touch', 'several_touches')
        and tickets.is_first_contact_resolution is null as is_early,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type
    from {{ ref('kpi_ticket_milestones') }} as milestones
    inner join {{ ref('fct_tickets') }} as tickets on milestones.ticket_key = tickets.ticket_key
    where milestones.milestone = 'solved' and milestones.is_countable and tickets.resolution_method is not null

),

counted as (

    select
        periods.period_grain,
        periods.period_start,
        sliced.slice,
        sliced.slice_value,
        sliced.resolution_method,
        count(*) as ticket_count,
        max(case when sliced.is_early then 1 else 0 end) as is_early
    from (
        select
            solved.*,
            slices.slice,
            {{ slice_value() }} as slice_value
        from solved
        cross join slices
    ) as sliced
    inner join periods on sliced.observed_on = periods.date_day
    group by periods.period_grain, periods.period_start, sliced.slice, sliced.slice_value, sliced.resolution_method

),

totals as (

    select
        period_grain,
        period_start,
        slice,
        slice_value,
        sum(ticket_count) as solved_count,
        max(is_early) as is_early
    from counted
    group by period_grain, period_start, slice, slice_value

),

spine as (

    select distinct period_grain, period_start, is_over from periods

),

first_seen as (

    select slice, slice_value, resolution_method, period_grain, min(period_start) as first_period_start
    from counted
    group by slice, slice_value, resolution_method, period_grain

),

filled as (

    select
        first_seen.resolution_method,
        spine.period_grain,
        spine.period_start,
        spine.is_over and coalesce(totals.is_early, 0) = 0 as is_complete,
        first_seen.slice,
        first_seen.slice_value,
        cast(coalesce(counted.ticket_count, 0) as double) as ticket_count,
        cast(coalesce(totals.solved_count, 0) as double) as solved_count
    from first_seen
    inner join spine
        on first_seen.period_grain = spine.period_grain and first_seen.first_period_start <= spine.period_start
    left join totals
        on spine.period_grain = totals.period_grain
            and spine.period_start = totals.period_start
            and first_seen.slice = totals.slice
            and first_seen.slice_value = totals.slice_value
    left join counted
        on spine.period_grain = counted.period_grain
            and spine.period_start = counted.period_start
            and first_seen.slice = counted.slice
            and first_seen.slice_value = counted.slice_value
            and first_seen.resolution_method = counted.resolution_method

),

final as (

    select
        'resolution_method_mix' as kpi_id,
        resolution_method as variant,
        'solved' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        ticket_count / nullif(solved_count, 0) as value,
        ticket_count as numerator,
        solved_count as denominator,
        cast(solved_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_complete
    from filled

)

select * from final
