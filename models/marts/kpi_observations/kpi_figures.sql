-- Grain: one KPI that is no sum over cases × variant × attribution × statistic × clock × period × slice value.
with

final as (

    select * from {{ ref('kpi_backlog') }}
    union all
    select * from {{ ref('kpi_average_volume') }}
    union all
    select * from {{ ref('kpi_classification') }}
    union all
    select * from {{ ref('kpi_data_quality') }}
    union all
    select * from {{ ref('kpi_agent_strengths') }}

)

select * from final
