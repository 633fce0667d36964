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
    select * from {{ ref('kpi_costs') }}
    union all
    select * from {{ ref('kpi_settlements') }}
    union all
    select * from {{ ref('kpi_orders') }}
    union all
    select * from {{ ref('kpi_referrals') }}

)

select * from final
