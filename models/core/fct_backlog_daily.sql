-- Grain: one reporting day × slice × slice value, from the day the value was first seen.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }} where not is_spam and not is_test

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

slices as (

    select * from {{ ref('dim_slice') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

movements as (

    select
        {{ reporting_day('movements.moved_at', 'run.reporting_time_zone') }} as date_day,
        movements.movement,
        movements.change,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type,
        agents.agent_key,
        teams.team
    from {{ ref('int_backlog_movements') }} as movements
    inner join tickets on movements.ticket_key = tickets.ticket_key
    cross join run
    left join agents
        on tickets.source_system = agents.source_system
            and tickets.source_account = agents.source_account
            and movements.assignee_id = agents.agent_id
    left join teams
        on tickets.source_system = teams.source_system
            and tickets.source_account = teams.source_account
            and movements.team_id = teams.team_id

),

-- Handing over moves nothing in the slices of the ticket itself.
sliced as (

    select
        movements.*,
        slices.slice,
        {{ slice_value() }} as slice_value
    from movements
    cross join slices
    where slices.is_credited_at_event or movements.movement not in ('transferred_in', 'transferred_out')

),

daily as (

    select
        date_day,
        slice,
        slice_value,
        {% for movement in [
            'created', 'reopened', 'undeleted', 'transferred_in', 'solved', 'deleted', 'merged', 'transferred_out'
        ] -%}
            sum(case when movement = '{{ movement }}' then 1 else 0 end) as {{ movement }}_count,
        {% endfor -%}
        sum(change) as backlog_change
    from sliced
    group by date_day, slice, slice_value

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
        {% for movement in [
            'created', 'reopened', 'undeleted', 'transferred_in', 'solved', 'deleted', 'merged', 'transferred_out'
        ] -%}
            cast(coalesce(daily.{{ movement }}_count, 0) as bigint) as {{ movement }}_count,
        {% endfor -%}
        cast(
            sum(coalesce(daily.backlog_change, 0)) over (
                partition by spine.slice, spine.slice_value order by spine.date_day
                rows between unbounded preceding and current row
            ) as bigint
        ) as backlog_count
    from spine
    left join daily
        on spine.date_day = daily.date_day
            and spine.slice = daily.slice
            and spine.slice_value = daily.slice_value

)

select * from final
