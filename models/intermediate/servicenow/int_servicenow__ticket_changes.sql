-- Grain: one change of one field of one incident, found by comparing each logged update with the one before.
with

updates as (

    select
        *,
        min(opened_at) over (partition by source_account, incident_number) as first_opened_at,
        row_number() over (
            partition by source_account, incident_number order by updated_at, modification_count nulls last, _line
        ) as update_number
    from {{ ref('stg_servicenow__incident_updates') }}
    {{ rebuilt_tickets_only('incident_number') }}

),

-- An incident is new from its opening until its first logged update says otherwise.
field_values as (

    select *, 'status' as field, lower(incident_state) as field_value, 'new' as initial_value from updates
    union all
    select *, 'assignee' as field, assigned_to as field_value, assigned_to as initial_value from updates
    union all
    select *, 'team' as field, assignment_group as field_value, assignment_group as initial_value from updates
    union all
    select *, 'priority' as field, lower(priority) as field_value, lower(priority) as initial_value from updates

),

compared as (

    select
        *,
        case
            when update_number = 1 then initial_value
            else lag(field_value) over (
                    partition by source_account, incident_number, field order by update_number
                )
        end as old_value
    from field_values

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'incident_number']) }} as ticket_key,
        source_system,
        {{ created_month('first_opened_at') }} as created_month,
        field,
        old_value,
        field_value as new_value,
        updated_at as occurred_at,
        lpad(cast(modification_count as {{ dbt.type_string() }}), 12, '0') as event_id,
        _line as event_line,
        updated_by as actor_id,
        'agent' as actor_type
    from compared
    where update_number = 1
        or coalesce(old_value, '') <> coalesce(field_value, '')

)

select * from final
