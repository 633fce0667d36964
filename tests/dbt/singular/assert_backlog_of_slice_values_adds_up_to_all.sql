select by_slice.date_day, by_slice.slice
from (
    select date_day, slice, sum(backlog_count) as backlog_count
    from {{ ref('fct_backlog_daily') }}
    where slice <> 'all'
    group by date_day, slice
) as by_slice
inner join {{ ref('fct_backlog_daily') }} as whole on by_slice.date_day = whole.date_day and whole.slice = 'all'
where by_slice.backlog_count <> whole.backlog_count
