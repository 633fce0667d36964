{{ config(severity='warn') }}
-- A target whose KPI is told, but never so: a word of its row names no figure, and nobody is held to it.
select targets.kpi_id, targets.variant, targets.statistic, targets.clock, targets.slice, targets.slice_value
from {{ ref('dim_kpi_target') }} as targets
left join {{ ref('kpi_target_verdicts') }} as verdicts
    on targets.kpi_id = verdicts.kpi_id
        and targets.variant = verdicts.variant
        and targets.statistic = verdicts.statistic
        and targets.clock = verdicts.clock
        and targets.slice = verdicts.slice
        and targets.slice_value = verdicts.slice_value
where
    verdicts.kpi_id is null
    and targets.slice = 'all'
    and targets.kpi_id in (select kpi_id from {{ ref('kpi_values') }})
