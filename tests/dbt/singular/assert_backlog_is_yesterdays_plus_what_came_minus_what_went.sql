select date_day, slice, slice_value
from (
    select
        *,
        coalesce(
            lag(backlog_count) over (partition by slice, slice_value order by date_day), 0
        ) as yesterdays_backlog_count
    from {{ ref('fct_backlog_daily') }}
)
where backlog_count
    <> yesterdays_backlog_count
    + created_count + reopened_count + undeleted_count + transferred_in_count
    - solved_count - deleted_count - merged_count - transferred_out_count
