-- Grain: one deletion, undeletion or merge that the record of a Zendesk ticket tells but no audit does.
with

tickets as (

    select
        *,
        coalesce(updated_at, created_at) as row_at
    from {{ ref('stg_zendesk__tickets') }}

),

status_events as (

    select
        *,
        row_number() over (partition by source_account, ticket_id order by occurred_at desc, event_id desc) as recency
    from {{ ref('int_zendesk__status_events') }}

),

told as (

    select
        source_account,
        ticket_id,
        max(case when recency = 1 then new_status end) as last_status,
        max(occurred_at) as last_told_at,
        max(case when is_merge then 1 end) as merge_events,
        max(case when new_status in ('solved', 'closed') then occurred_at end) as last_finished_at
    from status_events
    group by source_account, ticket_id

),

joined as (

    select
        tickets.*,
        told.last_told_at,
        told.last_finished_at,
        greatest(tickets.row_at, coalesce(told.last_told_at, tickets.row_at)) as last_known_at,
        coalesce(told.last_status = 'deleted', false) as is_deletion_told,
        -- A version that Zendesk wrote before the last audit knows nothing of what came after it.
        coalesce(told.last_told_at > greatest(tickets.row_at, coalesce(tickets.generated_at, tickets.row_at)), false)
            as is_older_than_audits,
        told.merge_events is null and coalesce(tickets.tags like '%"closed_by_merge"%', false) as is_unlogged_merge
    from tickets
    left join told on tickets.source_account = told.source_account and tickets.ticket_id = told.ticket_id

),

-- Audits of deleted tickets cannot be fetched: the record is mostly all there is. A ticket that was deleted and came
-- back between two exports has audits again, and those tell both.
final as (

    select
        source_system,
        source_account,
        ticket_id,
        'is_deleted' as field,
        case when status = 'deleted' then 'false' else 'true' end as old_value,
        case when status = 'deleted' then 'true' else 'false' end as new_value,
        last_known_at as occurred_at
    from joined
    where (status = 'deleted' and not is_deletion_told and not is_older_than_audits)
        or (status <> 'deleted' and is_deletion_told and row_at > last_told_at)
    union all
    select
        source_system,
        source_account,
        ticket_id,
        'merged_into_id' as field,
        cast(null as {{ dbt.type_string() }}) as old_value,
        'unknown' as new_value,
        coalesce(last_finished_at, row_at) as occurred_at
    from joined
    where is_unlogged_merge

)

select * from final
