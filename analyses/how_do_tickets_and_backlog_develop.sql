-- How do tickets and the backlog develop, by month and team?
-- What came to a team (created, reopened, handed in) and what left it (solved, handed out), as counts of the month. With
-- few undeleted, deleted and merged ones, which are left out here, they make the change of `unsolved_at_end`.
select
    months.month_start,
    flows.slice_value as team,
    sum(flows.created_count) as created,
    sum(flows.reopened_count) as reopened,
    sum(flows.transferred_in_count) as handed_in,
    sum(flows.solved_count) as solved,
    sum(flows.transferred_out_count) as handed_out,
    sum(case when flows.date_day = months.last_day then flows.backlog_count end) as unsolved_at_end,
    sum(case when flows.date_day = months.last_day then flows.unassigned_count end) as without_agent_at_end
from core.fct_backlog_daily as flows
inner join core.dim_date as days on flows.date_day = days.date_day
inner join (
    select days.month_start, max(days.date_day) as last_day
    from core.dim_date as days
    group by days.month_start
) as months on days.month_start = months.month_start
where flows.slice = 'team'
group by months.month_start, flows.slice_value
order by team, months.month_start;
