-- How busy are the teams: occupancy, and tickets handled and solved per hour, by month?
-- Occupancy is handling time as a share of handling and available time: too high wears people out, too low is waste.
select
    period_start as month_start,
    team,
    occupancy_rate,
    utilisation_rate,
    shrinkage_rate,
    handled_tickets_per_hour,
    solved_tickets_per_hour
from marts.teams
where period_grain = 'month' and logged_hours is not null
order by team, month_start;
