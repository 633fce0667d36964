-- Grain: one ticket and one instant at which something was set, with the state that holds from then on.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }}

),

changes as (

    select * from {{ ref('int_ticket_changes') }}

),

-- '=' marks a value as set, so that a field that was emptied differs from one that was not touched.
settings as (

    select
        ticket_key,
        created_at as changed_at,
        0 as setting_order,
        cast(null as timestamp) as occurred_at,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as bigint) as event_line,
        status,
        '=' || coalesce(assignee_id, '') as assignee_setting,
        '=' || coalesce(team_id, '') as team_setting,
        '=' || coalesce(priority, '') as priority_setting,
        '=false' as deletion_setting,
        '=' as merge_setting
    from initial_states
    union all
    select
        changes.ticket_key,
        greatest(changes.occurred_at, initial_states.created_at) as changed_at,
        1 as setting_order,
        changes.occurred_at,
        changes.event_id,
        changes.event_line,
        case when changes.field = 'status' then changes.new_value end as status,
        case when changes.field = 'assignee' then '=' || coalesce(changes.new_value, '') end as assignee_setting,
        case when changes.field = 'team' then '=' || coalesce(changes.new_value, '') end as team_setting,
        case when changes.field = 'priority' then '=' || coalesce(changes.new_value, '') end as priority_setting,
        case when changes.field = 'is_deleted' then '=' || coalesce(lower(changes.new_value), 'false') end as deletion_setting,
        case when changes.field = 'merged_into_id' then '=' || coalesce(changes.new_value, '') end as merge_setting
    from changes
    inner join initial_states on changes.ticket_key = initial_states.ticket_key
    cross join run
    where changes.occurred_at <= run.as_of

),

ordered as (

    select
        *,
        row_number() over (
            partition by ticket_key order by changed_at, setting_order, occurred_at, event_id, event_line
        ) as setting_number
    from settings

),

filled as (

    select
        ticket_key,
        changed_at,
        setting_number,
        {{ last_known('status', 'ticket_key', 'setting_number') }} as status,
        {{ last_known('assignee_setting', 'ticket_key', 'setting_number') }} as assignee_setting,
        {{ last_known('team_setting', 'ticket_key', 'setting_number') }} as team_setting,
        {{ last_known('priority_setting', 'ticket_key', 'setting_number') }} as priority_setting,
        {{ last_known('deletion_setting', 'ticket_key', 'setting_number') }} as deletion_setting,
        {{ last_known('merge_setting', 'ticket_key', 'setting_number') }} as merge_setting,
        lead(changed_at) over (partition by ticket_key order by setting_number) as next_changed_at
    from ordered

),

-- Changes at one instant collapse into the last state of that instant.
final as (

    select
        ticket_key,
        changed_at,
        status,
        nullif(substring(assignee_setting, 2), '') as assignee_id,
        nullif(substring(team_setting, 2), '') as team_id,
        nullif(substring(priority_setting, 2), '') as priority,
        deletion_setting in ('=true', '=1', '=t', '=yes') as is_deleted,
        nullif(substring(merge_setting, 2), '') as merged_into_id
    from filled
    where next_changed_at is null or next_changed_at > changed_at

)

select * from final
