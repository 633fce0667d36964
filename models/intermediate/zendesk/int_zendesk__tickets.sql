-- Grain: one Zendesk ticket.
with

tickets as (

    select * from {{ ref('stg_zendesk__tickets') }}

),

message_accounts as (

    select distinct source_account from {{ ref('int_zendesk__messages') }}

),

descriptions as (

    select
        ticket_key,
        is_public and author_type = 'agent' as is_written_to_requester
    from {{ ref('int_zendesk__messages') }}
    where is_description

),

roles as (

    select * from {{ ref('int_zendesk__user_roles') }} where is_agent

),

submitted as (

    select
        tickets.*,
        {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'tickets.ticket_id']) }} as ticket_key,
        roles.user_id is not null as is_submitted_by_agent
    from tickets
    left join roles
        on tickets.source_account = roles.source_account
            and tickets.submitter_id = roles.user_id
            and (roles.valid_from_at is null or tickets.created_at >= roles.valid_from_at)
            and (roles.valid_until_at is null or tickets.created_at < roles.valid_until_at)

),

-- An agent who opens a ticket for somebody else writes to them unasked when the first comment is the agent's own and
-- public, and no mail, call, chat or earlier ticket led to it. Zendesk tells no better.
classified as (

    select
        submitted.*,
        case
            when lower(via_channel) in ('rule', 'system') or submitter_id in ('-1', '__system', '__trigger') then 'system'
            when is_submitted_by_agent and lower(via_channel) in ('voice', 'phone') then 'phone_log'
            when not is_submitted_by_agent or submitter_id = requester_id then 'customer'
            when descriptions.is_written_to_requester
                and coalesce(lower(via_channel), 'web') in ('web', 'api')
                and coalesce(via_rel, '') <> 'follow_up'
                then 'proactive_outbound'
            else 'agent_on_behalf'
        end as origin
    from submitted
    left join descriptions on submitted.ticket_key = descriptions.ticket_key

),

final as (

    select
        classified.ticket_key,
        classified.source_system,
        classified.source_account,
        classified.ticket_id,
        classified.created_at,
        {{ created_month('classified.created_at') }} as created_month,
        classified.updated_at,
        classified.status as vendor_status,
        lower(classified.priority) as vendor_priority,
        lower(classified.via_channel) as vendor_channel,
        classified.ticket_type as vendor_ticket_type,
        classified.origin,
        classified.requester_id,
        classified.assignee_id,
        classified.group_id as team_id,
        classified.organization_id,
        cast(null as {{ dbt.type_string() }}) as schedule_id,
        -- What is marked as spam is deleted; a tag is all that tells spam of a ticket that is kept.
        coalesce(classified.tags like '%"spam"%', false) as is_spam,
        coalesce(lower(classified.via_channel) = 'sample_ticket', false) as is_test,
        message_accounts.source_account is not null as has_messages,
        cast(null as timestamp) as vendor_resolved_at,
        cast(null as timestamp) as vendor_last_resolved_event_at,
        cast(null as boolean) as is_vendor_sla_met,
        cast(null as bigint) as vendor_reassignment_count,
        cast(null as bigint) as vendor_reopen_count,
        cast(null as bigint) as vendor_modification_count
    from classified
    left join message_accounts on classified.source_account = message_accounts.source_account

)

select * from final
