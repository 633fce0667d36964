-- Grain: one backlog KPI × slice value × period, as the backlog stood at the period's end (or at as_of).
with

levels as (

    select
        *,
        lag(backlog_count) over (
            partition by period_grain, slice, slice_value order by period_start
        ) as previous_backlog_count
    from {{ ref('kpi_backlog_levels') }}

),

unioned as (

    select 'backlog_unsolved' as kpi_id, cast(backlog_count as double) as value, * from levels
    union all
    select
        'backlog_growth' as kpi_id,
        cast(backlog_count - coalesce(previous_backlog_count, 0) as double) as value,
        *
    from levels

),

final as (

    select
        kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'count' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        backlog_count as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
