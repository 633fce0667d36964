-- Grain: one figure × period that has a target, held against the bound it keeps least.
with

measured as (

    select * from {{ ref('kpi_governed_values') }}

),

registry as (

    select * from {{ ref('kpi_registry') }}

),

targets as (

    select * from {{ ref('dim_kpi_target') }}

),

minimum_counts as (

    select * from {{ ref('kpi_minimum_counts') }}

),

bounded as (

    select
        measured.kpi_id,
        measured.variant,
        measured.attribution,
        measured.statistic,
        measured.clock,
        measured.period_grain,
        measured.period_start,
        measured.slice,
        measured.slice_value,
        measured.is_complete,
        targets.target,
        targets.comparator,
        case when measured.n >= minimum_counts.minimum_n then measured.value end as value
    from targets
    inner join registry on targets.kpi_id = registry.kpi_id
    inner join measured
        on targets.kpi_id = measured.kpi_id
            and registry.attribution = measured.attribution
            and targets.variant = measured.variant
            and targets.statistic = measured.statistic
            and targets.clock = measured.clock
            and targets.slice = measured.slice
            and targets.slice_value = measured.slice_value
            and (targets.valid_from is null or targets.valid_from <= measured.period_start)
            and (targets.valid_to is null or targets.valid_to > measured.period_start)
    inner join minimum_counts
        on targets.kpi_id = minimum_counts.kpi_id and targets.statistic = minimum_counts.statistic

),

margins as (

    select
        *,
        case comparator when 'at_least' then value - target when 'at_most' then target - value end as margin
    from bounded

),

-- Two bounds are a range: it is kept when both are.
ranked as (

    select
        *,
        row_number() over (
            partition by kpi_id, variant, attribution, statistic, clock, period_grain, period_start, slice, slice_value
            order by margin nulls last, comparator
        ) as tightness
    from margins

),

final as (

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
        is_complete,
        target,
        comparator,
        value - target as target_gap,
        case when margin >= 0 then 'met' when margin < 0 then 'missed' end as status
    from ranked
    where tightness = 1

)

select * from final
