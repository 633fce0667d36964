-- Grain: one period × slice value, with the share of what was assigned in it that was solved in it.
with

slices as (

    select * from {{ ref('kpi_registry_slices') }} where kpi_id = 'resolution_rate'

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

-- The flow has a row for every assignment too: its periods are the same, empty ones included.
spine as (

    select * from {{ ref('kpi_periods') }} where kpi_id = 'resolution_rate' and variant = 'flow'

),

sliced as (

    select
        assignments.assigned_on,
        assignments.solved_on,
        slices.slice,
        {{ slice_value() }} as slice_value
    from {{ ref('kpi_assignments') }} as assignments
    cross join slices

),

counted as (

    select
        periods.period_grain,
        periods.period_start,
        sliced.slice,
        sliced.slice_value,
        sum(case when solved_periods.period_start = periods.period_start then 1.0 else 0.0 end) as numerator,
        count(*) as denominator
    from sliced
    inner join periods on sliced.assigned_on = periods.date_day
    left join periods as solved_periods
        on sliced.solved_on = solved_periods.date_day and periods.period_grain = solved_periods.period_grain
    group by periods.period_grain, periods.period_start, sliced.slice, sliced.slice_value

),

final as (

    select
        'resolution_rate' as kpi_id,
        'default' as variant,
        'event' as attribution,
        'rate' as statistic,
        'none' as clock,
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        cast(counted.numerator as double) / nullif(counted.denominator, 0) as value,
        cast(coalesce(counted.numerator, 0) as double) as numerator,
        cast(coalesce(counted.denominator, 0) as double) as denominator,
        cast(coalesce(counted.denominator, 0) as bigint) as n,
        cast(0 as bigint) as n_censored,
        spine.is_over as is_complete
    from spine
    left join counted
        on spine.period_grain = counted.period_grain
            and spine.period_start = counted.period_start
            and spine.slice = counted.slice
            and spine.slice_value = counted.slice_value

)

select * from final
