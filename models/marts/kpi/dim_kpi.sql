-- Grain: one KPI.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

texts as (

    select * from {{ ref('kpi_texts') }}

),

labels as (

    select
        kpi_id,
        max(case language when 'en' then label end) as label_en,
        max(case language when 'tr' then label end) as label_tr,
        max(case language when 'lv' then label end) as label_lv,
        max(case language when 'ar' then label end) as label_ar,
        max(case language when 'da' then label end) as label_da,
        max(case language when 'zh' then label end) as label_zh
    from {{ ref('kpi_labels') }}
    group by kpi_id

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
        texts.usage,
        texts.question,
        texts.owner,
        texts.definition,
        texts.formula,
        registry.required_streams,
        registry.source_article,
        labels.label_en,
        labels.label_tr,
        labels.label_lv,
        labels.label_ar,
        labels.label_da,
        labels.label_zh
    from registry
    left join texts on registry.kpi_id = texts.kpi_id
    left join labels on registry.kpi_id = labels.kpi_id

)

select * from final
