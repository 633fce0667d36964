-- Of each period and slice value promoters, passives and detractors are n, and the score is what they make it.
with

shares as (

    select
        period_grain,
        period_start,
        slice,
        slice_value,
        max(case when variant = 'default' then n end) as n,
        max(case when variant = 'default' then numerator end) as net_promoters,
        sum(case when variant in ('promoters', 'passives', 'detractors') then numerator end) as categorised,
        max(case when variant = 'promoters' then numerator end) - max(case when variant = 'detractors' then numerator end)
            as promoters_less_detractors
    from {{ ref('kpi_values') }}
    where kpi_id = 'nps'
    group by period_grain, period_start, slice, slice_value

)

select *
from shares
where n <> categorised or net_promoters <> promoters_less_detractors
