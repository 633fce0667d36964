-- Grain: one KPI.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

final as (

    select
        kpi_id,
        name,
        category,
        unit,
        direction,
        is_share,
        attribution,
        definition,
        formula,
        required_streams,
        source_article
    from registry

)

select * from final
