-- Grain: one deletion or merge that the ticket row tells but no event does.
with

tickets as (

    select * from {{ ref('stg_generic__tickets') }}

),

event_facts as (

    select
        source_account,
        ticket_id,
        max(case when field = 'is_deleted' or (field = 'status' and lower(new_value) = 'deleted') then 1 end) as deletion_events,
        max(case when field = 'merged_into_id' then 1 end) as merge_events,
        max(case when field = 'status' and lower(new_value) in ('solved', 'closed') then occurred_at end) as last_finished_at
    from {{ ref('stg_generic__ticket_events') }}
    group by source_account, ticket_id

),

joined as (

    select
        tickets.source_account,
        tickets.ticket_id,
        (tickets.is_deleted or coalesce(lower(tickets.status) = 'deleted', false))
        and event_facts.deletion_events is null as is_unlogged_deletion,
        tickets.merged_into_id is not null and event_facts.merge_events is null as is_unlogged_merge,
        tickets.merged_into_id,
        coalesce(tickets.updated_at, tickets.created_at) as last_known_at,
        event_facts.last_finished_at
    from tickets
    left join event_facts
        on tickets.source_account = event_facts.source_account and tickets.ticket_id = event_facts.ticket_id

),

final as (

    select
        source_account,
        ticket_id,
        'is_deleted' as field,
        'false' as old_value,
        'true' as new_value,
        last_known_at as occurred_at,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as bigint) as event_line,
        cast(null as {{ dbt.type_string() }}) as actor_id,
        cast(null as {{ dbt.type_string() }}) as actor_type
    from joined
    where is_unlogged_deletion
    union all
    select
        source_account,
        ticket_id,
        'merged_into_id' as field,
        cast(null as {{ dbt.type_string() }}) as old_value,
        merged_into_id as new_value,
        coalesce(last_finished_at, last_known_at) as occurred_at,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as bigint) as event_line,
        cast(null as {{ dbt.type_string() }}) as actor_id,
        cast(null as {{ dbt.type_string() }}) as actor_type
    from joined
    where is_unlogged_merge

)

select * from final
