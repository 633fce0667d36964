-- Grain: one observation of one KPI of messages: a message on the day it was sent.
with

messages as (

    select * from {{ ref('kpi_public_messages') }} where is_first_of_session and direction <> 'none'

),

unioned as (

    select
        'messages_inbound' as kpi_id, 'default' as variant, 'count' as measure,
        1.0 as numerator, cast(null as double) as denominator, messages.*
    from messages
    where direction = 'inbound'
    union all
    select
        'messages_outbound' as kpi_id, case direction when 'bots' then 'bots' else 'default' end as variant, 'count' as measure,
        1.0 as numerator, cast(null as double) as denominator, messages.*
    from messages
    where direction in ('outbound', 'bots')
    union all
    select
        'inbound_outbound_ratio' as kpi_id, 'default' as variant, 'rate' as measure,
        case direction when 'inbound' then 1.0 else 0.0 end as numerator,
        case direction when 'outbound' then 1.0 else 0.0 end as denominator,
        messages.*
    from messages
    where direction in ('inbound', 'outbound')

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        measure,
        observed_on,
        message_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        numerator,
        denominator,
        false as is_censored,
        false as is_immature
    from unioned

)

select * from final
