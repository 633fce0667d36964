-- Grain: one KPI × variant × attribution × statistic × clock × period × slice value.
with

final as (

    select * from {{ ref('kpi_measured') }}
    union all
    select * from {{ ref('kpi_verdict_shares') }}

)

select * from final
