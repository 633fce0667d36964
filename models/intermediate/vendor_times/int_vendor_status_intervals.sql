-- Grain: one stretch, under one schedule, that the helpdesk counts under one figure of a ticket because of its status.
with

schedules as (

    select * from {{ ref('int_ticket_schedules') }}

),

spells as (

    select
        spells.ticket_key,
        spells.started_at,
        spells.ended_at,
        spells.status,
        spells.is_solve
        or (spells.is_merge and coalesce(spells.previous_status not in ('solved', 'closed'), true)) as is_solve_or_merge,
        vendor_rows.created_at,
        vendor_rows.vendor_status_changed_at
    from {{ ref('int_ticket_spells') }} as spells
    inner join {{ ref('int_vendor_rows') }} as vendor_rows on spells.ticket_key = vendor_rows.ticket_key
    where spells.started_at <= vendor_rows.vendor_changed_at

),

figures as (

    select figures.*
    from (
        values
        ('new', 'requester_wait'), ('open', 'requester_wait'), ('hold', 'requester_wait'), ('hold', 'on_hold'),
        ('pending', 'agent_wait'), ('solved', 'solved_gap'), ('closed', 'solved_gap')
    ) as figures (status, figure)

),

milestones as (

    select
        ticket_key,
        created_at,
        min(case when is_solve_or_merge then started_at end) as first_solved_at,
        max(case when is_solve_or_merge then started_at end) as last_solved_at,
        max(case when status not in ('solved', 'closed') then started_at end) as last_unsolved_at
    from spells
    group by ticket_key, created_at

),

-- The helpdesk adds to a wait when the status changes: one that goes on counts up to the last change.
waits as (

    select
        spells.ticket_key,
        figures.figure,
        spells.started_at,
        least(coalesce(spells.ended_at, spells.vendor_status_changed_at), spells.vendor_status_changed_at) as ended_at
    from spells
    inner join figures on spells.status = figures.status
    inner join milestones on spells.ticket_key = milestones.ticket_key
    where spells.started_at < spells.vendor_status_changed_at
        and (figures.figure <> 'solved_gap' or spells.started_at < milestones.last_unsolved_at)

),

-- A time that ends once is business time under the schedule in force then, a wait under each one in turn.
final as (

    select
        waits.ticket_key,
        waits.figure,
        greatest(waits.started_at, schedules.started_at) as started_at,
        least(waits.ended_at, coalesce(schedules.ended_at, waits.ended_at)) as ended_at,
        greatest(waits.started_at, schedules.started_at) as judged_at
    from waits
    inner join schedules
        on waits.ticket_key = schedules.ticket_key
            and waits.ended_at > schedules.started_at
            and (schedules.ended_at is null or waits.started_at < schedules.ended_at)
    union all
    select ticket_key, 'first_resolution' as figure, created_at as started_at, first_solved_at as ended_at, first_solved_at as judged_at
    from milestones
    where first_solved_at is not null
    union all
    select ticket_key, 'full_resolution' as figure, created_at as started_at, last_solved_at as ended_at, last_solved_at as judged_at
    from milestones
    where last_solved_at is not null and (last_unsolved_at is null or last_unsolved_at < last_solved_at)

)

select * from final
