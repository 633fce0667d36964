-- Grain: one average of tickets created per day × slice value × period longer than a day, so far as it has passed.
with

created as (

    select * from {{ ref('kpi_period_aggregates') }} where kpi_id = 'tickets_created'

),

spine as (

    select periods.*
    from {{ ref('kpi_periods') }} as periods
    inner join {{ ref('kpi_registry_slices') }} as slices
        on periods.slice = slices.slice and slices.kpi_id = 'avg_tickets_per_period'
    where periods.kpi_id = 'tickets_created' and periods.period_grain <> 'day'

),

days as (

    select
        periods.period_grain,
        periods.period_start,
        count(*) as calendar_days,
        sum(case when days.is_weekday then 1 else 0 end) as working_days
    from {{ ref('bridge_date_period') }} as periods
    inner join {{ ref('dim_date') }} as days on periods.date_day = days.date_day
    group by periods.period_grain, periods.period_start

),

counted as (

    select
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        spine.is_over,
        days.calendar_days,
        days.working_days,
        coalesce(created.numerator, 0) as tickets
    from spine
    inner join days on spine.period_grain = days.period_grain and spine.period_start = days.period_start
    left join created
        on spine.period_grain = created.period_grain
            and spine.period_start = created.period_start
            and spine.slice = created.slice
            and spine.slice_value = created.slice_value

),

unioned as (

    select 'per_calendar_day' as variant, calendar_days as day_count, * from counted
    union all
    select 'per_working_day' as variant, working_days as day_count, * from counted

),

final as (

    select
        'avg_tickets_per_period' as kpi_id,
        variant,
        'created' as attribution,
        'mean' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        tickets / nullif(day_count, 0) as value,
        tickets as numerator,
        cast(day_count as double) as denominator,
        cast(tickets as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
