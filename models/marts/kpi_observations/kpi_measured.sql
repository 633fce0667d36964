-- Grain: one KPI × variant × attribution × statistic × clock × period × slice value, of all that is measured and not judged.
with

aggregates as (

    select * from {{ ref('kpi_period_aggregates') }}

),

spine as (

    select * from {{ ref('kpi_periods') }}

),

statistics as (

    select * from {{ ref('dim_statistic') }}

),

filled as (

    select
        spine.kpi_id,
        spine.variant,
        spine.attribution,
        statistics.statistic,
        spine.clock,
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        spine.measure,
        coalesce(aggregates.numerator, 0) as numerator,
        case
            when spine.measure not in ('count', 'distinct_count', 'sum', 'max') then coalesce(aggregates.denominator, 0)
        end as denominator,
        coalesce(aggregates.n, 0) as n,
        coalesce(aggregates.n_censored, 0) as n_censored,
        aggregates.maximum,
        aggregates.median,
        aggregates.p90,
        aggregates.p95,
        aggregates.km_median,
        aggregates.km_p90,
        spine.is_over and coalesce(aggregates.n_immature, 0) = 0 as is_complete
    from spine
    inner join statistics on spine.measure = statistics.measure
    left join aggregates
        on spine.kpi_id = aggregates.kpi_id
            and spine.variant = aggregates.variant
            and spine.attribution = aggregates.attribution
            and spine.clock = aggregates.clock
            and spine.measure = aggregates.measure
            and spine.slice = aggregates.slice
            and spine.slice_value = aggregates.slice_value
            and spine.period_grain = aggregates.period_grain
            and spine.period_start = aggregates.period_start

),

computed as (

    select
        kpi_id,
        variant,
        attribution,
        statistic,
        clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        case statistic
            when 'count' then numerator
            when 'sum' then numerator
            when 'max' then maximum
            when 'rate' then numerator / nullif(denominator, 0)
            when 'mean' then numerator / nullif(denominator, 0)
            when 'score' then case measure when 'net_promoter' then 100 else 1 end * numerator / nullif(denominator, 0)
            when 'median' then median
            when 'p90' then p90
            when 'p95' then p95
            when 'km_median' then km_median
            when 'km_p90' then km_p90
        end as value,
        case when statistic in ('rate', 'mean', 'score') then numerator end as numerator,
        case when statistic in ('rate', 'mean', 'score') then denominator end as denominator,
        cast(n as bigint) as n,
        cast(n_censored as bigint) as n_censored,
        is_complete
    from filled

),

final as (

    select * from computed
    union all
    select * from {{ ref('kpi_figures') }}

)

select * from final
