{{ config(severity='warn') }}
-- A helpdesk without a stream has no values for the KPIs that need it: worth knowing, no reason to refuse.
select dim_kpi.kpi_id
from {{ ref('dim_kpi') }} as dim_kpi
left join {{ ref('kpi_values') }} as kpi_values on dim_kpi.kpi_id = kpi_values.kpi_id
where kpi_values.kpi_id is null
