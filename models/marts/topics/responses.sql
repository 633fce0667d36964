-- Grain: one wait of a customer for a reply.
with

waits as (

    select * from {{ ref('fct_reply_waits') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

targets as (

    select target_seconds
    from {{ ref('dim_time_target') }}
    where kpi_id = 'response_within_target_rate' and variant = 'default'

),

final as (

    select
        waits.reply_wait_key,
        waits.ticket_key,
        tickets.ticket_id,
        tickets.source_system,
        tickets.source_account,
        tickets.is_countable,
        tickets.priority,
        tickets.ticket_type,
        tickets.channel,
        tickets.requester_key as customer_key,
        waits.team,
        waits.agent_key,
        agents.agent_name,
        waits.wait_number,
        waits.is_from_creation as is_first_response,
        waits.state,
        waits.state = 'replied' as is_replied,
        waits.state = 'waiting' as is_waiting,
        waits.asked_at,
        waits.asked_on,
        days.month_start as asked_month,
        days.iso_weekday as asked_weekday,
        cast(extract(hour from {{ utc_to_local('waits.asked_at', 'run.reporting_time_zone') }}) as bigint) as asked_hour,
        waits.ended_at,
        waits.ended_on,
        waits.seconds as wait_seconds,
        {{ hours('waits.seconds') }} as wait_hours,
        case when tickets.schedule_origin <> 'always_open' then {{ hours('waits.business_seconds') }} end as wait_business_hours,
        -- Who still waits may be late already, but is not in time yet.
        case
            when waits.seconds > targets.target_seconds then false
            when waits.state = 'replied' then true
        end as is_within_target
    from waits
    inner join tickets on waits.ticket_key = tickets.ticket_key
    cross join {{ ref('dim_staffing_target') }} as run
    cross join targets
    left join {{ ref('dim_date') }} as days on waits.asked_on = days.date_day
    left join {{ ref('dim_agent') }} as agents on waits.agent_key = agents.agent_key

)

select * from final
