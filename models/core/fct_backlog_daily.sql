-- Grain: one reporting day × slice × slice value, from the day the value was first seen.
with

daily as (

    select * from {{ ref('int_backlog_changes_daily') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

first_seen as (

    select slice, slice_value, min(date_day) as first_day from daily group by slice, slice_value

),

spine as (

    select
        days.date_day,
        first_seen.slice,
        first_seen.slice_value
    from first_seen
    inner join days on first_seen.first_day <= days.date_day

),

final as (

    select
        spine.date_day,
        spine.slice,
        spine.slice_value,
        cast(coalesce(daily.created_count, 0) as bigint) as created_count,
        cast(coalesce(daily.reopened_count, 0) as bigint) as reopened_count,
        cast(coalesce(daily.undeleted_count, 0) as bigint) as undeleted_count,
        cast(coalesce(daily.transferred_in_count, 0) as bigint) as transferred_in_count,
        cast(coalesce(daily.solved_count, 0) as bigint) as solved_count,
        cast(coalesce(daily.deleted_count, 0) as bigint) as deleted_count,
        cast(coalesce(daily.merged_count, 0) as bigint) as merged_count,
        cast(coalesce(daily.transferred_out_count, 0) as bigint) as transferred_out_count,
        cast(sum(coalesce(daily.backlog_change, 0)) over so_far as bigint) as backlog_count,
        cast(sum(coalesce(daily.new_change, 0)) over so_far as bigint) as new_count,
        cast(sum(coalesce(daily.unassigned_change, 0)) over so_far as bigint) as unassigned_count,
        cast(sum(coalesce(daily.without_team_change, 0)) over so_far as bigint) as without_team_count,
        cast(sum(coalesce(daily.overdue_reply_change, 0)) over so_far as bigint) as overdue_reply_count,
        cast(sum(coalesce(daily.overdue_resolution_change, 0)) over so_far as bigint) as overdue_resolution_count,
        cast(sum(coalesce(daily.overdue_change, 0)) over so_far as bigint) as overdue_count
    from spine
    left join daily
        on spine.date_day = daily.date_day
            and spine.slice = daily.slice
            and spine.slice_value = daily.slice_value
    window so_far as (
        partition by spine.slice, spine.slice_value order by spine.date_day
        rows between unbounded preceding and current row
    )

)

select * from final
