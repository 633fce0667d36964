-- Grain: one movement of one ticket into (+1) or out of (-1) a part of the backlog, which it was in at some day's end.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unsolved as (

    select * from {{ ref('int_ticket_spells') }} where status not in ('solved', 'closed')

),

overdue as (

    select
        unsolved.ticket_key,
        unsolved.assignee_id,
        unsolved.team_id,
        unsolved.started_at,
        unsolved.ended_at,
        greatest(unsolved.started_at, times.reply_overdue_at) as reply_overdue_at,
        least(unsolved.ended_at, times.first_replied_at) as reply_overdue_until,
        greatest(unsolved.started_at, times.resolution_overdue_at) as resolution_overdue_at,
        times.reply_overdue_at is not null as can_reply_be_overdue,
        times.resolution_overdue_at is not null as can_resolution_be_overdue
    from unsolved
    inner join {{ ref('int_ticket_overdue_times') }} as times on unsolved.ticket_key = times.ticket_key

),

-- What is in both parts is told too, so that either of them can be counted by adding up.
stays as (

    select 'new' as backlog_part, ticket_key, assignee_id, team_id, started_at as from_at, ended_at as until_at
    from unsolved
    where status = 'new'
    union all
    select 'unassigned' as backlog_part, ticket_key, assignee_id, team_id, started_at as from_at, ended_at as until_at
    from unsolved
    where assignee_id is null
    union all
    select 'without_team' as backlog_part, ticket_key, assignee_id, team_id, started_at as from_at, ended_at as until_at
    from unsolved
    where assignee_id is null and team_id is null
    union all
    select
        'overdue_reply' as backlog_part, ticket_key, assignee_id, team_id, reply_overdue_at as from_at, reply_overdue_until as until_at
    from overdue
    where can_reply_be_overdue
    union all
    select
        'overdue_resolution' as backlog_part, ticket_key, assignee_id, team_id, resolution_overdue_at as from_at, ended_at as until_at
    from overdue
    where can_resolution_be_overdue
    union all
    select
        'overdue_both' as backlog_part,
        ticket_key,
        assignee_id,
        team_id,
        greatest(reply_overdue_at, resolution_overdue_at) as from_at,
        reply_overdue_until as until_at
    from overdue
    where can_reply_be_overdue and can_resolution_be_overdue

),

-- Who came and went within one day is in no day's figure; leaving them out here keeps the slices small.
lasting as (

    select stays.*
    from stays
    cross join run
    where stays.from_at <= run.as_of
        and (
            stays.until_at is null
            or {{ reporting_day('stays.from_at', 'run.reporting_time_zone') }}
            < {{ reporting_day('stays.until_at', 'run.reporting_time_zone') }}
        )

),

final as (

    select ticket_key, from_at as moved_at, assignee_id, team_id, backlog_part, 1 as change from lasting
    union all
    select ticket_key, until_at as moved_at, assignee_id, team_id, backlog_part, -1 as change
    from lasting
    where until_at is not null

)

select * from final
