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
    select * from {{ ref('kpi_agent_time') }}
    union all
    select * from {{ ref('kpi_agent_output') }}
    union all
    select * from {{ ref('kpi_workload') }}
    union all
    select * from {{ ref('kpi_ticket_handle_time') }}
    union all
    select * from {{ ref('kpi_call_answers') }}
    union all
    select * from {{ ref('kpi_call_losses') }}
    union all
    select * from {{ ref('kpi_call_handling') }}
    union all
    select * from {{ ref('kpi_survey_scores') }}
    union all
    select * from {{ ref('kpi_net_promoter') }}
    union all
    select * from {{ ref('kpi_feedback') }}
    union all
    select * from {{ ref('kpi_quality') }}
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
