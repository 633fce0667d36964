-- Counting the tickets there were at a period's end, and adding up what came and went until then, is the same.
with

counted as (

    select
        period_end_on,
        count(*) as backlog_count,
        sum(case when status = 'new' then 1 else 0 end) as new_count,
        sum(case when agent_key is null then 1 else 0 end) as unassigned_count,
        sum(case when agent_key is null and team_key is null then 1 else 0 end) as without_team_count
    from {{ ref('fct_backlog_at_period_ends') }}
    group by period_end_on

)

select counted.*
from counted
left join {{ ref('fct_backlog_daily') }} as added_up
    on counted.period_end_on = added_up.date_day and added_up.slice = 'all'
where coalesce(added_up.backlog_count, -1) <> counted.backlog_count
    or added_up.new_count <> counted.new_count
    or added_up.unassigned_count <> counted.unassigned_count
    or added_up.without_team_count <> counted.without_team_count
    or added_up.overdue_count > counted.backlog_count
    or added_up.overdue_count > added_up.overdue_reply_count + added_up.overdue_resolution_count
