-- Within a longer T are at least the tickets within a shorter one; and of what a shorter T tells, a longer one tells less.
with

told as (

    select kpi_values.*, targets.target_seconds
    from {{ ref('kpi_values') }} as kpi_values
    inner join {{ ref('dim_time_target') }} as targets
        on kpi_values.kpi_id = targets.kpi_id and kpi_values.variant = targets.variant

)

select shorter.*
from told as shorter
inner join told as longer
    on shorter.kpi_id = longer.kpi_id
        and shorter.clock = longer.clock
        and shorter.period_grain = longer.period_grain
        and shorter.period_start = longer.period_start
        and shorter.slice = longer.slice
        and shorter.slice_value = longer.slice_value
where shorter.target_seconds < longer.target_seconds
    and (shorter.numerator > longer.numerator or shorter.denominator < longer.denominator)
