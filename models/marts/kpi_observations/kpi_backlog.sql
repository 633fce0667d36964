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

slices as (

    select * from {{ ref('kpi_registry_slices') }}

),

unioned as (

    select
        'backlog_unsolved' as kpi_id, 'default' as variant, 'count' as statistic,
        cast(backlog_count as double) as value, cast(null as double) as numerator, cast(null as double) as denominator, levels.*
    from levels
    union all
    select
        'backlog_growth' as kpi_id, 'default' as variant, 'count' as statistic,
        cast(backlog_count - coalesce(previous_backlog_count, 0) as double) as value,
        cast(null as double) as numerator, cast(null as double) as denominator, levels.*
    from levels
    union all
    select
        'backlog_growth' as kpi_id, 'share' as variant, 'rate' as statistic,
        cast(backlog_count - previous_backlog_count as double) / nullif(previous_backlog_count, 0) as value,
        cast(backlog_count - previous_backlog_count as double) as numerator,
        cast(previous_backlog_count as double) as denominator, levels.*
    from levels
    where previous_backlog_count is not null

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        'as_of' as attribution,
        unioned.statistic,
        'none' as clock,
        unioned.period_grain,
        unioned.period_start,
        unioned.slice,
        unioned.slice_value,
        unioned.value,
        unioned.numerator,
        unioned.denominator,
        unioned.backlog_count as n,
        cast(0 as bigint) as n_censored,
        unioned.is_over as is_complete
    from unioned
    inner join slices on unioned.kpi_id = slices.kpi_id and unioned.slice = slices.slice

)

select * from final
