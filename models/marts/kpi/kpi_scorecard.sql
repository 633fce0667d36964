-- Grain: one KPI × variant × attribution × statistic × clock × slice value × grain, in its last complete period.
with

kpi_values as (

    select * from {{ ref('kpi_values') }}

),

-- The same period a year earlier; weeks are aligned by 52 weeks, so that weekdays match.
compared as (

    select
        *,
        lag(value) over (
            partition by kpi_id, variant, attribution, statistic, clock, period_grain, slice, slice_value
            order by period_start
        ) as previous_value,
        case
            when period_grain in ('day', 'week') then {{ dbt.dateadd('day', -364, 'period_start') }}
            else {{ dbt.dateadd('year', -1, 'period_start') }}
        end as last_year_start
    from kpi_values

),

ranked as (

    select
        *,
        row_number() over (
            partition by kpi_id, variant, attribution, statistic, clock, period_grain, slice, slice_value
            order by period_start desc
        ) as recency
    from compared
    where is_complete

),

final as (

    select
        ranked.kpi_id,
        ranked.variant,
        ranked.attribution,
        ranked.statistic,
        ranked.clock,
        ranked.period_grain,
        ranked.period_start,
        ranked.slice,
        ranked.slice_value,
        ranked.value,
        ranked.n,
        ranked.n_censored,
        ranked.previous_value,
        ranked.value - ranked.previous_value as change,
        (ranked.value - ranked.previous_value) / nullif(ranked.previous_value, 0) as change_rate,
        last_year.value as last_year_value
    from ranked
    left join kpi_values as last_year
        on ranked.kpi_id = last_year.kpi_id
            and ranked.variant = last_year.variant
            and ranked.attribution = last_year.attribution
            and ranked.statistic = last_year.statistic
            and ranked.clock = last_year.clock
            and ranked.period_grain = last_year.period_grain
            and ranked.slice = last_year.slice
            and ranked.slice_value = last_year.slice_value
            and cast(ranked.last_year_start as date) = last_year.period_start
    where ranked.recency = 1

)

select * from final
