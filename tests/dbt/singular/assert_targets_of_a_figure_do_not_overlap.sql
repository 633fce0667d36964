-- Of two targets in force at once that ask the same, nobody knows which counts.
select
    earlier.kpi_id, earlier.slice_value, earlier.comparator, earlier.valid_from, later.valid_from as next_valid_from
from {{ ref('dim_kpi_target') }} as earlier
inner join {{ ref('dim_kpi_target') }} as later
    on earlier.kpi_id = later.kpi_id
        and earlier.variant = later.variant
        and earlier.statistic = later.statistic
        and earlier.clock = later.clock
        and earlier.slice = later.slice
        and earlier.slice_value = later.slice_value
        and earlier.comparator = later.comparator
        and (earlier.valid_from is null or earlier.valid_from < later.valid_from)
where later.valid_from is not null and (earlier.valid_to is null or earlier.valid_to > later.valid_from)
