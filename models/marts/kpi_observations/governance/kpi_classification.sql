-- Grain: one period × statistic: the KPIs to act on that somebody owns and that have a target at its beginning.
with

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

has_tickets as (

    select min(created_on) as first_day from {{ ref('fct_tickets') }}

),

kpis as (

    select texts.kpi_id, coalesce(texts.owner, '') <> '' as is_owned
    from {{ ref('kpi_registry') }} as registry
    inner join {{ ref('kpi_texts') }} as texts on registry.kpi_id = texts.kpi_id
    where texts.usage = 'actionable'

),

targets as (

    select * from {{ ref('dim_kpi_target') }}

),

targeted as (

    select distinct periods.period_grain, periods.period_start, targets.kpi_id
    from periods
    inner join targets
        on (targets.valid_from is null or periods.period_start >= targets.valid_from)
            and (targets.valid_to is null or periods.period_start < targets.valid_to)

),

counted as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        cast(sum(case when kpis.is_owned and targeted.kpi_id is not null then 1 else 0 end) as double) as numerator,
        cast(count(*) as double) as denominator
    from periods
    cross join kpis
    inner join has_tickets on has_tickets.first_day is not null
    left join targeted
        on periods.period_grain = targeted.period_grain
            and periods.period_start = targeted.period_start
            and kpis.kpi_id = targeted.kpi_id
    group by periods.period_grain, periods.period_start, periods.is_over

),

unioned as (

    select 'count' as statistic, numerator as value, cast(null as double) as upper, cast(null as double) as lower, * from counted
    union all
    select 'rate' as statistic, numerator / denominator as value, numerator as upper, denominator as lower, * from counted

),

final as (

    select
        'kpi_classification' as kpi_id,
        'default' as variant,
        'as_of' as attribution,
        statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        value,
        upper as numerator,
        lower as denominator,
        cast(denominator as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
