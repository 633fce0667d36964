-- What is said of a KPI: definition, names, and whether and from when to when each account's records tell it.
with

coverage as (
    select
        kpi_id,
        list({
            'account': source_system || case source_account when 'main' then '' else '@' || source_account end,
            'first': cast(first_day as varchar),
            'last': cast(last_day as varchar),
            'missing': missing_input_rate,
            'reason': case
                when not has_required_streams then 'no_streams'
                when not has_values then 'no_values'
            end
        } order by source_system, source_account) as accounts
    from marts.kpi_coverage
    group by kpi_id
)

select
    dim_kpi.kpi_id, category, unit, direction, attribution, owner, usage, question, definition, formula, slices,
    label_en, label_tr, label_lv, label_ar, label_da, label_zh, accounts
from marts.dim_kpi
left join coverage on dim_kpi.kpi_id = coverage.kpi_id
order by dim_kpi.kpi_id
