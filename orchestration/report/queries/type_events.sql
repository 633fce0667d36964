-- What happened to ticket types within 90 days before as-of: new, spiking, vanishing; the newest first.
with

now as (
    select cast(as_of as date) as today from meta.publication
),

events as (
    select 'new' as kind, ticket_type, first_seen_on as happened_on, ticket_count
    from marts.ticket_type_history
    where was_new
    union all
    select 'spike', ticket_type, spiked_on, ticket_count
    from marts.ticket_type_spikes
    union all
    select 'vanishing', ticket_type, vanishing_on, recent_ticket_count
    from marts.vanishing_ticket_types
)

select kind, ticket_type, happened_on, ticket_count
from events
cross join now
where happened_on > today - 90 and happened_on <= today
qualify row_number() over (partition by kind order by happened_on desc, ticket_count desc, ticket_type) <= $most
order by happened_on desc, kind, ticket_type
