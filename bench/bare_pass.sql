-- First reply, last solve, both by the calendar and by opening hours, and the backlog of each day: without roles,
-- sessions, merges, deletions, schedule changes, time zones, late or repeated records, as nobody checks it.
create temp table bare_tickets as
with tickets as (
    select ticket_id, schedule_id, cast(left(created_at, 19) as timestamp) as created_at from raw_generic.tickets
),
replies as (
    select ticket_id, min(cast(left(sent_at, 19) as timestamp)) as first_replied_at
    from raw_generic.messages
    where author_type = 'agent' and is_public = 'true' and is_automated = 'false' and is_description = 'false'
    group by ticket_id
),
solves as (
    select ticket_id, max(cast(left(occurred_at, 19) as timestamp)) as solved_at
    from raw_generic.ticket_events
    where field = 'status' and new_value = 'solved'
    group by ticket_id
),
clock as (
    select schedules.schedule_id, clock.from_at, clock.open_seconds_before, clock.is_open
    from intermediate.int_business_clock as clock
    inner join (select distinct schedule_key, schedule_id from intermediate.int_schedule_openings) as schedules
        using (schedule_key)
),
instants as (
    select ticket_id, schedule_id, 'created' as kind, created_at as instant from tickets
    union all
    select ticket_id, schedule_id, 'replied', first_replied_at from tickets inner join replies using (ticket_id)
    union all
    select ticket_id, schedule_id, 'solved', solved_at from tickets inner join solves using (ticket_id)
),
readings as (
    select
        instants.*,
        clock.open_seconds_before
        + case when clock.is_open then date_diff('second', clock.from_at, instants.instant) else 0 end as reading
    from instants
    asof join clock on instants.schedule_id = clock.schedule_id and instants.instant >= clock.from_at
)
select
    ticket_id,
    max(case when kind = 'created' then instant end) as created_at,
    max(case when kind = 'replied' then instant end) as first_replied_at,
    max(case when kind = 'solved' then instant end) as solved_at,
    max(case when kind = 'replied' then reading end) - max(case when kind = 'created' then reading end) as first_response_business_seconds,
    max(case when kind = 'solved' then reading end) - max(case when kind = 'created' then reading end) as full_resolution_business_seconds
from readings
group by ticket_id;
create temp table bare_backlog as
select date_day, sum(sum(step)) over (order by date_day) as backlog_count
from (
    select cast(created_at as date) as date_day, 1 as step from bare_tickets
    union all
    select cast(solved_at as date) as date_day, -1 as step from bare_tickets where solved_at is not null
)
group by date_day
