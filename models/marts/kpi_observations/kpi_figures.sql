-- Grain: one KPI that is no sum over cases × variant × attribution × statistic × clock × period × slice value.
with

final as (

    select * from {{ ref('kpi_backlog') }}
    union all
    select * from {{ ref('kpi_average_volume') }}
    union all
    select * from {{ ref('kpi_agent_strengths') }}
    union all
    select * from {{ ref('kpi_unit_costs') }}
    union all
    select * from {{ ref('kpi_churn') }}
    union all
    select * from {{ ref('kpi_customer_value') }}
    union all
    select * from {{ ref('kpi_support_to_churn') }}
    union all
    select * from {{ ref('kpi_contact_rate') }}
    union all
    select * from {{ ref('kpi_engagement') }}

)

select * from final
