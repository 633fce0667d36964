-- Grain: one ticket of a customer, acknowledged automatically within T of its creation or not.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'created' and is_countable

),

targets as (

    select * from {{ ref('dim_time_target') }} where kpi_id = 'auto_acknowledgement_rate'

),

tickets as (

    select ticket_key, created_at, age_seconds
    from {{ ref('fct_tickets') }}
    where is_countable and agent_reply_count is not null and origin in ('customer', 'agent_on_behalf')

),

acknowledgements as (

    select
        messages.ticket_key,
        min({{ seconds_between('tickets.created_at', 'messages.sent_at') }}) as seconds
    from {{ ref('fct_messages') }} as messages
    inner join tickets on messages.ticket_key = tickets.ticket_key and messages.sent_at >= tickets.created_at
    where messages.is_public
        and messages.author_type <> 'customer'
        and (messages.is_automated or messages.author_type in ('bot', 'system'))
        and not messages.is_description
        and not messages.is_merge_notice
        and not messages.is_side_conversation
    group by messages.ticket_key

),

judged as (

    select
        tickets.ticket_key,
        case
            when acknowledgements.seconds <= targets.target_seconds then 1.0
            when tickets.age_seconds > targets.target_seconds then 0.0
        end as numerator
    from tickets
    cross join targets
    left join acknowledgements on tickets.ticket_key = acknowledgements.ticket_key

),

final as (

    select
        'auto_acknowledgement_rate' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'calendar' as clock,
        'rate' as measure,
        milestones.observed_on,
        judged.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        cast(judged.numerator as double) as numerator,
        case when judged.numerator is not null then 1.0 end as denominator,
        judged.numerator is null as is_censored,
        judged.numerator is null as is_immature
    from judged
    inner join milestones on judged.ticket_key = milestones.ticket_key

)

select * from final
