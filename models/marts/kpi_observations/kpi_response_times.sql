-- Grain: one observation of one response-time KPI: a reply on its day, or a ticket on the day it was created.
with

first_responses as (

    select * from {{ ref('kpi_first_responses') }}

),

waits as (

    select * from {{ ref('fct_reply_waits') }} where state = 'replied'

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

first_replies as (

    select
        'first_response_time' as kpi_id, 'event' as attribution, clock, 'distribution' as measure,
        replied_on as observed_on, ticket_key, source_system, channel, replied_team as team,
        replied_agent_key as agent_key, priority, ticket_type, response_seconds as seconds,
        false as is_censored, false as is_immature
    from first_responses
    where response_seconds is not null

),

-- A ticket solved without a reply may still get one, until it is old enough to be given up on.
cohort as (

    select
        'first_response_time' as kpi_id, 'created' as attribution, clock, 'distribution' as measure,
        created_on as observed_on, ticket_key, source_system, channel, first_team as team,
        first_agent_key as agent_key, priority, ticket_type, response_seconds as seconds,
        response_seconds is null as is_censored, response_seconds is null and not is_past_maturity as is_immature
    from first_responses

),

-- A wait is known to have lasted until it ended unreplied, or to as_of.
survival as (

    select
        'first_response_time_km' as kpi_id, 'created' as attribution, clock, 'survival' as measure,
        created_on as observed_on, ticket_key, source_system, channel, first_team as team,
        first_agent_key as agent_key, priority, ticket_type, coalesce(response_seconds, waited_seconds) as seconds,
        response_seconds is null as is_censored, response_seconds is null and not is_past_maturity as is_immature
    from first_responses

),

replies as (

    select 'calendar' as clock, seconds as reply_seconds, * from waits
    union all
    select 'business' as clock, business_seconds as reply_seconds, * from waits

),

all_replies as (

    select
        'reply_time_all' as kpi_id, 'event' as attribution, replies.clock, 'distribution' as measure,
        replies.ended_on as observed_on, replies.ticket_key, tickets.source_system, tickets.channel, replies.team,
        replies.agent_key, tickets.priority, tickets.ticket_type, replies.reply_seconds as seconds,
        false as is_censored, false as is_immature
    from replies
    inner join tickets on replies.ticket_key = tickets.ticket_key
    where replies.clock = 'calendar' or tickets.schedule_origin <> 'always_open'

),

unioned as (

    select * from first_replies
    union all
    select * from cohort
    union all
    select * from survival
    union all
    select * from all_replies

),

final as (

    select
        kpi_id,
        'default' as variant,
        attribution,
        clock,
        measure,
        observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(seconds as double) as numerator,
        case when seconds is not null then 1.0 end as denominator,
        is_censored,
        is_immature
    from unioned

)

select * from final
