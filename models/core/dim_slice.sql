-- Grain: one slice: a dimension that KPIs are cut by.
with

slices as (

    select * from {{ ref('kpi_slices') }}

),

final as (

    select slice, is_credited_at_event from slices

)

select * from final
