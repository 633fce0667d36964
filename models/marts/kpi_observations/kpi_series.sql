-- Grain: one KPI × variant × attribution × clock × measure × slice value that was ever observed, with a number for it.
with

-- Whatever was observed was so in some year.
observed as (

    select kpi_id, variant, attribution, clock, measure, slice, slice_value
    from {{ ref('kpi_period_sums') }}
    where period_grain = 'year'
    group by kpi_id, variant, attribution, clock, measure, slice, slice_value

),

final as (

    select
        *,
        row_number() over (order by kpi_id, variant, attribution, clock, measure, slice, slice_value) as series_number
    from observed

)

select * from final
