-- Grain: one bound that a figure should keep, from a day on or up to one.
with

targets as (

    select * from {{ ref('kpi_targets') }}

),

final as (

    select
        kpi_id,
        variant,
        statistic,
        clock,
        slice,
        cast(slice_value as {{ dbt.type_string() }}) as slice_value,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        comparator,
        cast(target as double) as target
    from targets

)

select * from final
