-- The backlog counted by team and priority at once from spells is the one counted by slice from movements, each day.
with

by_slice as (

    select 'team' as slice, team as slice_value, daily.* from {{ ref('backlog_daily') }} as daily
    union all
    select 'priority' as slice, priority as slice_value, daily.* from {{ ref('backlog_daily') }} as daily

),

added_up as (

    select
        date_day,
        slice,
        slice_value,
        sum(created_count) as created_count,
        sum(reopened_count) as reopened_count,
        sum(solved_count) as solved_count,
        sum(dropped_count) as dropped_count,
        sum(case when slice = 'team' then transferred_in_count - transferred_out_count else 0 end) as transferred_count,
        sum(backlog_count) as backlog_count,
        sum(new_count) as new_count,
        sum(unassigned_count) as unassigned_count
    from by_slice
    group by date_day, slice, slice_value

)

select daily.*
from {{ ref('fct_backlog_daily') }} as daily
left join added_up
    on daily.date_day = added_up.date_day and daily.slice = added_up.slice and daily.slice_value = added_up.slice_value
where daily.slice in ('team', 'priority')
    and (
        coalesce(added_up.backlog_count, 0) <> daily.backlog_count
        or coalesce(added_up.new_count, 0) <> daily.new_count
        or coalesce(added_up.unassigned_count, 0) <> daily.unassigned_count
        or coalesce(added_up.created_count, 0) <> daily.created_count
        or coalesce(added_up.reopened_count, 0) <> daily.reopened_count
        or coalesce(added_up.solved_count, 0) <> daily.solved_count
        or coalesce(added_up.dropped_count, 0) <> daily.deleted_count + daily.merged_count
        or coalesce(added_up.transferred_count, 0) <> daily.transferred_in_count - daily.transferred_out_count
    )
