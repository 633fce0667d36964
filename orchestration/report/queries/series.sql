-- One series per figure, slice value and grain. What too few have answered is not told, as in marts.kpi_scorecard.
with

minimum as (
    select
        dim_kpi.kpi_id,
        case when ' ' || dim_kpi.required_streams || ' ' like '% surveys %' then rule.survey_minimum_n else 0 end
            as minimum_n
    from marts.dim_kpi
    cross join core.dim_scorecard_rule as rule
),

points as (
    select
        figures.figure,
        kpi_values.slice,
        kpi_values.slice_value,
        kpi_values.period_grain,
        axis.position,
        kpi_values.value,
        kpi_values.n,
        kpi_values.n_censored,
        kpi_values.is_complete,
        kpi_values.statistic not in ('count', 'sum') and kpi_values.n < coalesce(minimum.minimum_n, 0) as is_suppressed
    from marts.kpi_values
    inner join figures
        on kpi_values.kpi_id = figures.kpi_id
            and kpi_values.variant = figures.variant
            and kpi_values.attribution = figures.attribution
            and kpi_values.statistic = figures.statistic
            and kpi_values.clock = figures.clock
    inner join shown_slices
        on kpi_values.slice = shown_slices.slice and kpi_values.slice_value = shown_slices.slice_value
    inner join axis
        on kpi_values.period_grain = axis.period_grain and kpi_values.period_start = axis.period_start
            and (axis.is_for_each or kpi_values.slice = 'all')
    left join minimum on kpi_values.kpi_id = minimum.kpi_id
),

shown as (
    select *, case when is_suppressed then null else value end as shown_value
    from points
)

select
    figure,
    slice,
    slice_value,
    period_grain,
    list(position order by position) as positions,
    list(shown_value order by position) as "values",
    case when bool_and(n is not distinct from shown_value) then null else list(n order by position) end as ns,
    case when max(n_censored) > 0 then list(nullif(n_censored, 0) order by position) end as censored,
    list(position order by position) filter (where not is_complete) as incomplete,
    list(position order by position) filter (where is_suppressed) as suppressed
from shown
group by figure, slice, slice_value, period_grain
order by figure, slice, slice_value, period_grain
