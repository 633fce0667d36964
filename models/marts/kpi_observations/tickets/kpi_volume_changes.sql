-- Grain: one KPI of change × variant × slice value × period: the volume against the period before and a year ago.
with

spine as (

    select periods.*
    from {{ ref('kpi_periods') }} as periods
    inner join {{ ref('kpi_registry_slices') }} as slices
        on periods.slice = slices.slice and slices.kpi_id = 'volume_change_pct'
    where periods.kpi_id = 'tickets_created'

),

first_days as (

    select min(date_day) as first_day from {{ ref('dim_date') }}

),

created as (

    select * from {{ ref('kpi_period_aggregates') }} where kpi_id = 'tickets_created'

),

counted as (

    select
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        spine.is_over,
        coalesce(created.numerator, 0) as tickets,
        lag(coalesce(created.numerator, 0)) over (
            partition by spine.period_grain, spine.slice, spine.slice_value order by spine.period_start
        ) as tickets_before,
        lag(spine.period_start) over (
            partition by spine.period_grain, spine.slice, spine.slice_value order by spine.period_start
        ) as start_before,
        {{ year_earlier('spine.period_grain', 'spine.period_start') }} as year_ago_start
    from spine
    left join created
        on spine.period_grain = created.period_grain
            and spine.period_start = created.period_start
            and spine.slice = created.slice
            and spine.slice_value = created.slice_value

),

-- A period that began before the log is told in part, and nothing to compare with.
unioned as (

    select 'default' as variant, tickets_before as tickets_then, counted.*
    from counted
    inner join first_days on counted.start_before >= first_days.first_day
    union all
    select 'same_period_last_year' as variant, year_ago.tickets as tickets_then, counted.*
    from counted
    inner join counted as year_ago
        on counted.period_grain = year_ago.period_grain
            and counted.year_ago_start = year_ago.period_start
            and counted.slice = year_ago.slice
            and counted.slice_value = year_ago.slice_value
    inner join first_days on year_ago.period_start >= first_days.first_day

),

-- The growth of a type is its change against the same period a year ago.
told as (

    select 'volume_change_pct' as kpi_id, variant as told_variant, unioned.* from unioned
    union all
    select 'type_growth_pct' as kpi_id, 'default' as told_variant, unioned.*
    from unioned
    where variant = 'same_period_last_year' and slice in ('all', 'ticket_type')

),

final as (

    select
        kpi_id,
        told_variant as variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        (tickets - tickets_then) / nullif(tickets_then, 0) as value,
        tickets - tickets_then as numerator,
        tickets_then as denominator,
        cast(tickets as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from told

)

select * from final
