-- Grain: one value of marts.kpi_values that may have a target or a benchmark.
with

measured as (

    select * from {{ ref('kpi_measured') }}

),

governed as (

    select kpi_id, slice from {{ ref('dim_kpi_target') }}
    union
    select kpi_id, 'all' as slice from {{ ref('dim_kpi_benchmark') }}

),

final as (

    select measured.*
    from measured
    inner join governed on measured.kpi_id = governed.kpi_id and measured.slice = governed.slice

)

select * from final
