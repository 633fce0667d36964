-- Grain: one reporting day × source system × team × priority with unsolved tickets, or through which any went.
with

tickets as (

    select ticket_key, source_system, coalesce(priority, 'unknown') as priority, created_on
    from {{ ref('fct_tickets') }}
    where not is_spam and not is_test

),

spells as (

    select
        spells.*,
        tickets.source_system,
        tickets.priority as ticket_priority,
        {{ day_number('tickets.created_on') }} as created_day,
        coalesce(spells.team, 'unassigned') as holding_team,
        {{ reporting_day('spells.ended_at', 'run.reporting_time_zone') }} as ended_on,
        lag(coalesce(spells.team_key, '')) over in_order as team_key_before,
        lead(coalesce(spells.team_key, '')) over in_order as team_key_after,
        lead(spells.status) over in_order as next_status
    from {{ ref('fct_ticket_spells') }} as spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    cross join {{ ref('dim_staffing_target') }} as run
    window in_order as (partition by spells.ticket_key order by spells.started_at)

),

-- A ticket created solved, or solved while it was deleted, passes through the backlog at one instant.
movements as (

    select
        started_on as date_day, 1 as change, spells.*,
        case
            when previous_status is null then 'created'
            when is_undeletion then 'undeleted'
            when is_reopen then 'reopened'
            when team_key_before <> coalesce(team_key, '') then 'transferred_in'
        end as movement
    from spells
    where status not in ('solved', 'closed')
    union all
    select
        ended_on as date_day, -1 as change, spells.*,
        case
            when is_ended_by_deletion then 'deleted'
            when is_ended_by_merge then 'merged'
            when next_status in ('solved', 'closed') then 'solved'
            when team_key_after <> coalesce(team_key, '') then 'transferred_out'
        end as movement
    from spells
    where status not in ('solved', 'closed') and ended_at is not null
    union all
    select
        started_on as date_day, 0 as change, spells.*,
        case when previous_status is null then 'created' else 'undeleted' end as movement
    from spells
    where is_solve and (previous_status is null or is_undeletion)
    union all
    select started_on as date_day, 0 as change, spells.*, 'solved' as movement
    from spells
    where is_solve and (previous_status is null or is_undeletion)

),

daily as (

    select
        date_day,
        source_system,
        holding_team as team,
        ticket_priority as priority,
        sum(case movement when 'created' then 1 else 0 end) as created_count,
        sum(case movement when 'reopened' then 1 else 0 end) as reopened_count,
        sum(case movement when 'undeleted' then 1 else 0 end) as undeleted_count,
        sum(case movement when 'transferred_in' then 1 else 0 end) as transferred_in_count,
        sum(case movement when 'solved' then 1 else 0 end) as solved_count,
        sum(case when movement in ('deleted', 'merged') then 1 else 0 end) as dropped_count,
        sum(case movement when 'transferred_out' then 1 else 0 end) as transferred_out_count,
        sum(change) as backlog_change,
        sum(case when status = 'new' then change else 0 end) as new_change,
        sum(case when status in ('pending', 'hold') then change else 0 end) as paused_change,
        sum(case when agent_key is null then change else 0 end) as unassigned_change,
        sum(change * created_day) as created_day_change
    from movements
    group by date_day, source_system, holding_team, ticket_priority

),

-- A day on which nothing moves has a backlog all the same.
cells as (

    select source_system, team, priority, min(date_day) as first_day from daily group by source_system, team, priority

),

levels as (

    select
        days.date_day,
        cells.source_system,
        cells.team,
        cells.priority,
        cast(coalesce(daily.created_count, 0) as bigint) as created_count,
        cast(coalesce(daily.reopened_count, 0) as bigint) as reopened_count,
        cast(coalesce(daily.undeleted_count, 0) as bigint) as undeleted_count,
        cast(coalesce(daily.transferred_in_count, 0) as bigint) as transferred_in_count,
        cast(coalesce(daily.solved_count, 0) as bigint) as solved_count,
        cast(coalesce(daily.dropped_count, 0) as bigint) as dropped_count,
        cast(coalesce(daily.transferred_out_count, 0) as bigint) as transferred_out_count,
        cast(sum(coalesce(daily.backlog_change, 0)) over so_far as bigint) as backlog_count,
        cast(sum(coalesce(daily.new_change, 0)) over so_far as bigint) as new_count,
        cast(sum(coalesce(daily.paused_change, 0)) over so_far as bigint) as paused_count,
        cast(sum(coalesce(daily.unassigned_change, 0)) over so_far as bigint) as unassigned_count,
        sum(coalesce(daily.created_day_change, 0)) over so_far as created_day_sum
    from cells
    inner join {{ ref('dim_date') }} as days on cells.first_day <= days.date_day
    left join daily
        on days.date_day = daily.date_day
            and cells.source_system = daily.source_system
            and cells.team = daily.team
            and cells.priority = daily.priority
    window so_far as (
        partition by cells.source_system, cells.team, cells.priority order by days.date_day
        rows between unbounded preceding and current row
    )

),

final as (

    select
        date_day,
        source_system,
        team,
        priority,
        created_count,
        reopened_count,
        undeleted_count,
        transferred_in_count,
        solved_count,
        dropped_count,
        transferred_out_count,
        backlog_count,
        new_count,
        paused_count,
        unassigned_count,
        cast(backlog_count * {{ day_number('date_day') }} - created_day_sum as bigint) as backlog_age_days
    from levels
    where backlog_count > 0
        or created_count + reopened_count + undeleted_count + transferred_in_count > 0
        or solved_count + dropped_count + transferred_out_count > 0

)

select * from final
