-- Grain: one observation of one KPI.
with

final as (

    select * from {{ ref('kpi_volume') }}
    union all
    select * from {{ ref('kpi_response_times') }}
    union all
    select * from {{ ref('kpi_response_rates') }}
    union all
    select * from {{ ref('kpi_resolution') }}
    union all
    select * from {{ ref('kpi_resolution_rates') }}
    union all
    select * from {{ ref('kpi_reopens') }}
    union all
    select * from {{ ref('kpi_transfers') }}
    union all
    select * from {{ ref('kpi_sla') }}
    union all
    select * from {{ ref('kpi_vendor_figures') }}
    union all
    select * from {{ ref('kpi_self_service') }}
    union all
    select * from {{ ref('kpi_contributions') }}
    union all
    select * from {{ ref('kpi_bot_resolutions') }}
    union all
    select * from {{ ref('kpi_journey_effort') }}
    union all
    select * from {{ ref('kpi_ticket_effort') }}
    union all
    select * from {{ ref('kpi_tag_coverage') }}

)

select * from final
