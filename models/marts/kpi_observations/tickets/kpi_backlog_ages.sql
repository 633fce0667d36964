-- Grain: one figure of the backlog's age × slice value × period of a week or longer, and the last day.
with

slices as (

    select * from {{ ref('kpi_registry_slices') }} where kpi_id = 'backlog_age'

),

there as (

    select
        backlog.period_end_on,
        backlog.age_seconds,
        backlog.team,
        backlog.agent_key,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type
    from {{ ref('fct_backlog_at_period_ends') }} as backlog
    inner join {{ ref('fct_tickets') }} as tickets on backlog.ticket_key = tickets.ticket_key

),

sliced as (

    select
        there.period_end_on,
        there.age_seconds,
        slices.slice,
        {{ slice_value() }} as slice_value
    from there
    cross join slices

),

counted as (

    select
        period_end_on,
        slice,
        slice_value,
        count(*) as n,
        sum(age_seconds) as age_seconds,
        percentile_cont(0.5) within group (order by age_seconds) as median_seconds,
        percentile_cont(0.9) within group (order by age_seconds) as p90_seconds,
        sum(case when age_seconds < 86400 then 1 else 0 end) as n_0_1d,
        sum(case when age_seconds >= 86400 and age_seconds < 3 * 86400 then 1 else 0 end) as n_1_3d,
        sum(case when age_seconds >= 3 * 86400 and age_seconds < 7 * 86400 then 1 else 0 end) as n_3_7d,
        sum(case when age_seconds >= 7 * 86400 and age_seconds < 14 * 86400 then 1 else 0 end) as n_7_14d,
        sum(case when age_seconds >= 14 * 86400 and age_seconds < 30 * 86400 then 1 else 0 end) as n_14_30d,
        sum(case when age_seconds >= 30 * 86400 then 1 else 0 end) as n_30d_plus
    from sliced
    group by period_end_on, slice, slice_value

),

last_days as (

    select max(date_day) as last_day from {{ ref('dim_date') }}

),

-- Where nothing waits there are no ages, and no tickets of any.
filled as (

    select
        levels.period_grain,
        levels.period_start,
        levels.is_over,
        levels.slice,
        levels.slice_value,
        coalesce(counted.n, 0) as n,
        counted.age_seconds,
        counted.median_seconds,
        counted.p90_seconds,
        coalesce(counted.n_0_1d, 0) as n_0_1d,
        coalesce(counted.n_1_3d, 0) as n_1_3d,
        coalesce(counted.n_3_7d, 0) as n_3_7d,
        coalesce(counted.n_7_14d, 0) as n_7_14d,
        coalesce(counted.n_14_30d, 0) as n_14_30d,
        coalesce(counted.n_30d_plus, 0) as n_30d_plus
    from {{ ref('kpi_backlog_levels') }} as levels
    cross join last_days
    inner join slices on levels.slice = slices.slice
    left join counted
        on levels.date_day = counted.period_end_on
            and levels.slice = counted.slice
            and levels.slice_value = counted.slice_value
    where levels.period_grain <> 'day' or levels.date_day = last_days.last_day

),

unioned as (

    select 'default' as variant, 'mean' as statistic, cast(age_seconds as double) / nullif(n, 0) as value, filled.* from filled
    union all
    select 'default' as variant, 'median' as statistic, cast(median_seconds as double) as value, filled.* from filled
    union all
    select 'default' as variant, 'p90' as statistic, cast(p90_seconds as double) as value, filled.* from filled
    union all
    select '0_1d' as variant, 'count' as statistic, cast(n_0_1d as double) as value, filled.* from filled
    union all
    select '1_3d' as variant, 'count' as statistic, cast(n_1_3d as double) as value, filled.* from filled
    union all
    select '3_7d' as variant, 'count' as statistic, cast(n_3_7d as double) as value, filled.* from filled
    union all
    select '7_14d' as variant, 'count' as statistic, cast(n_7_14d as double) as value, filled.* from filled
    union all
    select '14_30d' as variant, 'count' as statistic, cast(n_14_30d as double) as value, filled.* from filled
    union all
    select '30d_plus' as variant, 'count' as statistic, cast(n_30d_plus as double) as value, filled.* from filled

),

final as (

    select
        'backlog_age' as kpi_id,
        variant,
        'as_of' as attribution,
        statistic,
        'calendar' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        value,
        case when statistic = 'mean' then cast(coalesce(age_seconds, 0) as double) end as numerator,
        case when statistic = 'mean' then cast(n as double) end as denominator,
        cast(case when statistic = 'count' then value else n end as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
