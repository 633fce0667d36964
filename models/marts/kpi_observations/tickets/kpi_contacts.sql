-- Grain: one observation of one KPI of contacts: somebody came, by ticket, call or chat with a bot, counted once.
with

tickets as (

    select ticket_key, origin from {{ ref('fct_tickets') }}

),

-- Whom the helpdesk writes to first did not come.
ticket_contacts as (

    select
        milestones.ticket_key as contact_key,
        milestones.observed_on,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type
    from {{ ref('kpi_ticket_milestones') }} as milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    where milestones.milestone = 'created' and milestones.is_countable and tickets.origin <> 'proactive_outbound'

),

-- What became a ticket is that ticket.
call_contacts as (

    select
        call_key as contact_key,
        started_on as observed_on,
        source_system,
        'phone' as channel,
        team,
        agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        'unknown' as ticket_type
    from {{ ref('fct_calls') }}
    where is_offered and ticket_key is null

),

bot_contacts as (

    select
        bot_conversation_key as contact_key,
        started_on as observed_on,
        source_system,
        'chat' as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        'unknown' as ticket_type
    from {{ ref('fct_bot_conversations') }}
    where ticket_key is null

),

contacts as (

    select * from ticket_contacts
    union all
    select * from call_contacts
    union all
    select * from bot_contacts

),

unioned as (

    select 'contact_volume_total' as kpi_id, contacts.* from contacts
    union all
    select 'contact_volume_by_channel' as kpi_id, contacts.* from contacts

),

final as (

    select
        kpi_id,
        'default' as variant,
        'created' as attribution,
        'none' as clock,
        'count' as measure,
        observed_on,
        contact_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        1.0 as numerator,
        cast(null as double) as denominator,
        false as is_censored,
        false as is_immature
    from unioned

)

select * from final
