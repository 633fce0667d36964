-- Which ticket types are new, grow, vanish or spike?
-- `tickets_last_90_days` beside `tickets_90_days_before` shows the growth, new and vanished types included. A year-on-year
-- growth is the KPI type_growth_pct once two years have landed.
select
    tickets.ticket_type,
    history.first_seen_on,
    history.was_new as came_up_within_history,
    count(case when tickets.created_on > last_day.date_day - interval '90' day then 1 end) as tickets_last_90_days,
    count(case when tickets.created_on <= last_day.date_day - interval '90' day then 1 end) as tickets_90_days_before,
    max(vanishing.vanishing_on) as last_vanishing_on,
    max(spikes.spiked_on) as last_spiked_on
from core.fct_tickets as tickets
cross join (select max(date_day) as date_day from core.dim_date) as last_day
inner join marts.ticket_type_history as history on tickets.ticket_type = history.ticket_type
left join (select ticket_type, max(vanishing_on) as vanishing_on from marts.vanishing_ticket_types group by ticket_type)
    as vanishing on tickets.ticket_type = vanishing.ticket_type
left join (select ticket_type, max(spiked_on) as spiked_on from marts.ticket_type_spikes group by ticket_type)
    as spikes on tickets.ticket_type = spikes.ticket_type
where tickets.is_countable and tickets.created_on > last_day.date_day - interval '180' day
group by tickets.ticket_type, history.first_seen_on, history.was_new
order by tickets_last_90_days desc, tickets.ticket_type;
