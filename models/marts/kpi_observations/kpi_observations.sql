-- Grain: one observation of one KPI in one slice.
with

unioned as (

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

),

slices as (

    select * from {{ ref('dim_slice') }}

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        unioned.attribution,
        unioned.clock,
        unioned.measure,
        unioned.observed_on,
        unioned.ticket_key,
        slices.slice,
        {{ slice_value() }} as slice_value,
        unioned.numerator,
        unioned.denominator,
        unioned.is_censored,
        unioned.is_immature
    from unioned
    cross join slices

)

select * from final
