-- Grain: one ticket × figure: what the helpdesk counts, counted from the warehouse's events up to its row.
with

vendor_rows as (

    select * from {{ ref('int_vendor_rows') }}

),

initial_states as (

    select * from {{ ref('int_ticket_initial_states') }}

),

changes as (

    select * from {{ ref('int_ticket_changes') }} where field in ('assignee', 'team')

),

-- Whom a ticket was created with is a station, and so is being taken up again after nobody held it.
occurrences as (

    select ticket_key, 'assignee_stations' as figure, created_at as counted_at
    from initial_states
    where assignee_id is not null
    union all
    select ticket_key, 'group_stations' as figure, created_at as counted_at
    from initial_states
    where team_id is not null
    union all
    select
        ticket_key,
        case field when 'assignee' then 'assignee_stations' else 'group_stations' end as figure,
        occurred_at as counted_at
    from changes
    where new_value is not null and (old_value is null or old_value <> new_value)
    union all
    select ticket_key, 'reopens' as figure, started_at as counted_at
    from {{ ref('int_ticket_spells') }}
    where is_reopen
    union all
    select
        verdicts.ticket_key,
        case
            when verdicts.is_counting_reply then 'replies'
            when hidden_messages.message_key is not null then 'hidden_replies'
            else 'session_replies'
        end as figure,
        verdicts.counted_at
    from {{ ref('int_message_verdicts') }} as verdicts
    left join {{ ref('int_zendesk__hidden_messages') }} as hidden_messages on verdicts.message_key = hidden_messages.message_key
    where verdicts.is_counting_reply
        or verdicts.not_counting_reason = 'same_session'
        or (hidden_messages.message_key is not null and not verdicts.is_by_customer)

),

final as (

    select
        vendor_rows.ticket_key,
        occurrences.figure,
        count(*) as replayed_count
    from vendor_rows
    inner join occurrences on vendor_rows.ticket_key = occurrences.ticket_key
    where occurrences.counted_at <= vendor_rows.vendor_changed_at
    group by vendor_rows.ticket_key, occurrences.figure

)

select * from final
