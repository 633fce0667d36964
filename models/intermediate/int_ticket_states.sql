-- Grain: one ticket and one instant at which something was set, with the state that holds from then on.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }} {{ rebuilt_tickets_only() }}

),

clamped_changes as (

    select
        changes.*,
        initial_states.created_at,
        greatest(changes.occurred_at, initial_states.created_at) as changed_at
    from {{ ref('int_ticket_changes') }} as changes
    inner join initial_states on changes.ticket_key = initial_states.ticket_key
    cross join run
    where changes.occurred_at <= run.as_of and changes.field <> 'schedule'

),

merge_instants as (

    select ticket_key, min(changed_at) as merged_at
    from clamped_changes
    where field = 'merged_into_id' and new_value is not null
    group by ticket_key

),

-- A merge is the end: what happens at that instant or later is ignored.
changes as (

    select clamped_changes.*
    from clamped_changes
    left join merge_instants on clamped_changes.ticket_key = merge_instants.ticket_key
    where merge_instants.merged_at is null
        or clamped_changes.changed_at < merge_instants.merged_at
        or (clamped_changes.changed_at = merge_instants.merged_at and clamped_changes.field = 'merged_into_id')

),

-- '=' marks a value as set, so that a field that was emptied differs from one that was not touched.
settings as (

    select
        ticket_key,
        created_month,
        created_at as changed_at,
        0 as setting_order,
        cast(null as timestamp) as occurred_at,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as bigint) as event_line,
        status,
        '=' || coalesce(assignee_id, '') as assignee_setting,
        '=' || coalesce(team_id, '') as team_setting,
        '=' || coalesce(priority, '') as priority_setting,
        case when is_deleted then '=true' else '=false' end as deletion_setting,
        '=' as merge_setting
    from initial_states
    union all
    select
        ticket_key,
        created_month,
        changed_at,
        1 as setting_order,
        occurred_at,
        event_id,
        event_line,
        case when field = 'status' then new_value end as status,
        case when field = 'assignee' then '=' || coalesce(new_value, '') end as assignee_setting,
        case when field = 'team' then '=' || coalesce(new_value, '') end as team_setting,
        case when field = 'priority' then '=' || coalesce(new_value, '') end as priority_setting,
        case when field = 'is_deleted' then '=' || coalesce(lower(new_value), 'false') end as deletion_setting,
        case when field = 'merged_into_id' then '=' || coalesce(new_value, '') end as merge_setting
    from changes

),

ordered as (

    select
        *,
        row_number() over (
            partition by ticket_key order by changed_at, setting_order, occurred_at, event_id nulls last, event_line nulls last
        ) as setting_number
    from settings

),

filled as (

    select
        ticket_key,
        created_month,
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
        created_month,
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
