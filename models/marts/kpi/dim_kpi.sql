-- Grain: one KPI.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

texts as (

    select * from {{ ref('kpi_texts') }}

),

final as (

    select
        registry.kpi_id,
        texts.name,
        registry.category,
        registry.unit,
        registry.direction,
        registry.is_share,
        registry.attribution,
        registry.slices,
        texts.definition,
        texts.formula,
        registry.required_streams,
        registry.source_article
    from registry
    inner join texts on registry.kpi_id = texts.kpi_id

)

select * from final
