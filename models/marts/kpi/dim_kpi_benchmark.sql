-- Grain: one figure of others.
with

benchmarks as (

    select * from {{ ref('kpi_benchmarks') }}

),

final as (

    select
        kpi_id,
        statistic,
        clock,
        attribution,
        industry,
        cast(year as bigint) as year,
        cast(value as double) as value,
        source,
        definition
    from benchmarks

)

select * from final
