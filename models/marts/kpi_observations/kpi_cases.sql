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
    select * from {{ ref('kpi_message_traffic') }}
    union all
    select * from {{ ref('kpi_contacts') }}
    union all
    select * from {{ ref('kpi_active_tickets') }}
    union all
    select * from {{ ref('kpi_routing') }}
    union all
    select * from {{ ref('kpi_solved_tickets') }}
    union all
    select * from {{ ref('kpi_time_in_status') }}
    union all
    select * from {{ ref('kpi_auto_acknowledgements') }}
    union all
    select * from {{ ref('kpi_service_level_resolution') }}
    union all
    select * from {{ ref('kpi_resolution_flow') }}

)

select * from final
