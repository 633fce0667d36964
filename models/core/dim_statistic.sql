-- Grain: one statistic that a kind of measure is told with.
with

statistics as (

    select * from {{ ref('kpi_statistics') }}

),

final as (

    select measure, statistic from statistics

)

select * from final
