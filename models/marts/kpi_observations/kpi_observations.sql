-- Grain: one observation of one KPI in one slice.
with

cases as (

    select * from {{ ref('kpi_cases') }}

),

slices as (

    select * from {{ ref('kpi_registry_slices') }}

),

final as (

    select
        cases.kpi_id,
        cases.variant,
        cases.attribution,
        cases.clock,
        cases.measure,
        cases.observed_on,
        cases.subject_key,
        slices.slice,
        {{ slice_value() }} as slice_value,
        cases.numerator,
        cases.denominator,
        cases.is_censored,
        cases.is_immature
    from cases
    inner join slices on cases.kpi_id = slices.kpi_id
    -- A helpdesk's own figures are there to compare ours with, which no agent needs.
    where not (cases.variant like 'vendor%' and slices.slice = 'agent')

)

select * from final
