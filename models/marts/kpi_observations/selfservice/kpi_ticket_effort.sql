-- Grain: one solved ticket × effort counted: what the customer did, or what the agents did for its type.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

used as (

    select ticket_key, channel from {{ ref('fct_messages') }}
    where author_type = 'customer' and is_public and not is_side_conversation and channel <> 'unknown'
    union
    select ticket_key, channel from tickets where channel <> 'unknown'

),

channels as (

    select ticket_key, count(*) as channel_count from used group by ticket_key

),

counted as (

    select
        milestones.*,
        tickets.customer_message_count,
        case when tickets.customer_message_count is not null then channels.channel_count end as channel_count,
        tickets.assignee_change_count,
        tickets.agent_reply_count + tickets.internal_note_count as touch_count,
        tickets.agent_count
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    left join channels on milestones.ticket_key = channels.ticket_key

),

unioned as (

    select 'customer_effort_touches' as kpi_id, 'customer_messages' as variant, customer_message_count as effort, * from counted
    union all
    select 'customer_effort_touches' as kpi_id, 'channels_used' as variant, channel_count as effort, * from counted
    union all
    select 'customer_effort_touches' as kpi_id, 'transfers' as variant, assignee_change_count as effort, * from counted
    union all
    select 'type_complexity' as kpi_id, 'touches' as variant, touch_count as effort, * from counted
    union all
    select 'type_complexity' as kpi_id, 'agents' as variant, agent_count as effort, * from counted

),

final as (

    select
        kpi_id,
        variant,
        'solved' as attribution,
        'none' as clock,
        'average' as measure,
        observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(effort as double) as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from unioned
    where effort is not null

)

select * from final
