-- Grain: one KPI × slice in which it is told.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

slices as (

    select * from {{ ref('dim_slice') }}

),

final as (

    select registry.kpi_id, slices.slice
    from registry
    inner join slices on concat(' ', registry.slices, ' ') like concat('% ', slices.slice, ' %')

)

select * from final
