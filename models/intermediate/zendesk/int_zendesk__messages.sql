-- Grain: one message of a Zendesk ticket: one comment, by whoever its author was then.
with

comments as (

    select
        *,
        case when translate(comment_id, '0123456789', '') = '' then lpad(comment_id, 20, '0') else comment_id end as comment_order,
        -- Chat names agents as agent:123, and as agent: when it does not know which.
        nullif(case when vendor_author_id like 'agent:%' then substring(vendor_author_id, 7) else vendor_author_id end, '') as author_id,
        coalesce(vendor_author_id like 'agent:%', false) as is_by_chat_agent
    from {{ ref('int_zendesk__comments') }}

),

tickets as (

    select * from {{ ref('stg_zendesk__tickets') }}

),

channels as (

    select * from {{ ref('channels') }} where source_system = 'zendesk'

),

roles as (

    select * from {{ ref('int_zendesk__user_roles') }}

),

-- Who cannot be found, such as a user who was purged, wrote all the same: not known as an agent, so a customer.
authored as (

    select
        comments.*,
        coalesce(channels.channel in ('chat', 'messaging') and comments.is_public, false)
        and not comments.is_side_conversation as is_live,
        comments.author_id in ('-1', '__system', '__trigger') as is_by_machine,
        case
            when comments.author_id in ('-1', '__system') then 'system'
            when comments.author_id = '__trigger' then 'bot'
            when comments.is_by_chat_agent then 'agent'
            when comments.author_id = tickets.requester_id then 'customer'
            when roles.is_agent then 'agent'
            else 'customer'
        end as author_type
    from comments
    left join tickets
        on comments.source_account = tickets.source_account and comments.ticket_id = tickets.ticket_id
    left join channels on lower(comments.via_channel) = channels.vendor_channel
    left join roles
        on comments.source_account = roles.source_account
            and comments.author_id = roles.user_id
            and (roles.valid_from_at is null or comments.sent_at >= roles.valid_from_at)
            and (roles.valid_until_at is null or comments.sent_at < roles.valid_until_at)

),

ordered as (

    select
        *,
        row_number() over (
            partition by source_account, ticket_id, is_side_conversation order by sent_at, comment_order
        ) as comment_number,
        lag(sent_at) over (
            partition by source_account, ticket_id, is_live order by sent_at, comment_order
        ) as live_before_at
    from authored

),

-- A session of chat or messaging ends when nobody has written for half an hour.
in_sessions as (

    select
        *,
        sum(
            case when live_before_at is null or {{ seconds_between('live_before_at', 'sent_at') }} > 1800 then 1 else 0 end
        ) over (
            partition by source_account, ticket_id, is_live
            order by sent_at, comment_order rows between unbounded preceding and current row
        ) as session_number
    from ordered

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'comment_id']) }} as message_key,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        source_system,
        source_account,
        comment_id as message_id,
        sent_at,
        case when not coalesce(is_by_machine, false) then author_id end as author_id,
        author_type,
        is_public,
        is_by_rule or coalesce(is_by_machine, false) as is_automated,
        comment_number = 1 and not is_side_conversation as is_description,
        is_merge_notice,
        is_side_conversation,
        case when is_live then ticket_id || '-' || cast(session_number as {{ dbt.type_string() }}) end as session_id,
        lower(via_channel) as vendor_channel
    from in_sessions

)

select * from final
