-- Grain: one figure × period of all tickets that has a benchmark, against the one most like it, or why not.
with

measured as (

    select * from {{ ref('kpi_governed_values') }} where variant = 'default' and slice = 'all'

),

registry as (

    select * from {{ ref('kpi_registry') }}

),

benchmarks as (

    select * from {{ ref('dim_kpi_benchmark') }}

),

rules as (

    select * from {{ ref('dim_scorecard_rule') }}

),

minimum_counts as (

    select * from {{ ref('kpi_minimum_counts') }}

),

matched as (

    select
        measured.*,
        case when measured.n >= minimum_counts.minimum_n then measured.value end as shown_value,
        registry.direction,
        benchmarks.value as benchmark,
        benchmarks.source as benchmark_source,
        benchmarks.year,
        benchmarks.industry = rules.benchmark_industry as is_own_industry,
        nullif(concat_ws(
            ', ',
            case when benchmarks.clock <> measured.clock then 'its clock is ' || benchmarks.clock end,
            case
                when benchmarks.attribution <> measured.attribution then 'it counts by ' || benchmarks.attribution || ' date'
            end,
            case
                when benchmarks.industry not in ('all', rules.benchmark_industry) then 'its industry is ' || benchmarks.industry
            end
        ), '') as refusal
    from benchmarks
    cross join rules
    inner join registry on benchmarks.kpi_id = registry.kpi_id
    inner join measured on benchmarks.kpi_id = measured.kpi_id and benchmarks.statistic = measured.statistic
    inner join minimum_counts
        on benchmarks.kpi_id = minimum_counts.kpi_id and benchmarks.statistic = minimum_counts.statistic

),

ranked as (

    select
        *,
        row_number() over (
            partition by kpi_id, attribution, statistic, clock, period_grain, period_start
            order by
                case when refusal is null then 0 else 1 end asc,
                case when is_own_industry then 0 else 1 end asc,
                year desc nulls last, length(refusal) asc, benchmark_source asc, benchmark asc
        ) as likeness
    from matched

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
        case when refusal is null then benchmark end as benchmark_value,
        benchmark_source,
        refusal as benchmark_refusal,
        case
            when refusal is not null then null
            when direction = 'higher_is_better' then shown_value >= benchmark
            when direction = 'lower_is_better' then shown_value <= benchmark
        end as is_as_good
    from ranked
    where likeness = 1

)

select * from final
