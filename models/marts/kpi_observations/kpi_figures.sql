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
    union all
    select * from {{ ref('kpi_tickets_per_agent') }}
    union all
    select * from {{ ref('kpi_trainer_ratio') }}
    union all
    select * from {{ ref('kpi_staffing') }}
    union all
    select * from {{ ref('kpi_article_freshness') }}
    union all
    select * from {{ ref('kpi_content_gap') }}
    union all
    select * from {{ ref('kpi_type_shares') }}
    union all
    select * from {{ ref('kpi_type_changes') }}
    union all
    select * from {{ ref('kpi_backlog_parts') }}
    union all
    select * from {{ ref('kpi_backlog_ages') }}
    union all
    select * from {{ ref('kpi_waiting') }}
    union all
    select * from {{ ref('kpi_unfulfilled') }}
    union all
    select * from {{ ref('kpi_volume_changes') }}
    union all
    select * from {{ ref('kpi_channel_shares') }}
    union all
    select * from {{ ref('kpi_resolution_cohorts') }}
    union all
    select * from {{ ref('kpi_resolution_methods') }}
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
