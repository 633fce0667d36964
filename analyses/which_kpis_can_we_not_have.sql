-- Which KPIs can a helpdesk not have, and why?
-- Every KPI of an account that has no values. What it needs are streams of the open format, named in `required_streams`.
select
    coverage.source_system,
    coverage.source_account,
    kpi.category,
    kpi.name,
    coverage.has_required_streams,
    coverage.reason,
    kpi.required_streams
from marts.kpi_coverage as coverage
inner join marts.dim_kpi as kpi on coverage.kpi_id = kpi.kpi_id
where not coverage.has_values
order by coverage.source_system, coverage.source_account, kpi.category, kpi.name;
