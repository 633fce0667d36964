-- Every ticket replied to is once in the flow and once in the cohort; the cohort's tickets are those of its quantiles
-- with the unanswered, and of the rates within T, told or pending.
with

totals as (

    select
        kpi_id, variant, attribution, clock, statistic, slice, slice_value,
        sum(n) as n, sum(n + n_censored) as eligible
    from {{ ref('kpi_values') }}
    where period_grain = 'year' and slice in ('all', 'source_system', 'channel')
    group by kpi_id, variant, attribution, clock, statistic, slice, slice_value

),

cohort as (

    select * from totals where kpi_id = 'first_response_time' and attribution = 'created' and statistic = 'mean'

)

select cohort.slice_value, cohort.clock, others.kpi_id, others.variant
from cohort
inner join totals as others
    on cohort.clock = others.clock and cohort.slice = others.slice and cohort.slice_value = others.slice_value
where (
    others.kpi_id = 'first_response_time' and others.attribution = 'event' and others.statistic = 'mean' and others.n <> cohort.n
)
or (
    others.kpi_id = 'first_response_time_km' and (others.n <> cohort.n or others.eligible <> cohort.eligible)
)
or (
    others.kpi_id = 'response_within_target_rate' and others.eligible <> cohort.eligible
)
