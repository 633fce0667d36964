-- Grain: one local half hour of a reporting day × team, in which contacts came.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

calls as (

    select
        coalesce(team, 'unassigned') as team,
        started_at,
        case when handle_seconds is null then 0 else 1 end as handled,
        handle_seconds
    from {{ ref('fct_calls') }}
    where is_offered

),

first_teams as (

    select ticket_key, team
    from (
        select *, row_number() over (partition by ticket_key order by started_at) as spell_number
        from {{ ref('fct_ticket_spells') }}
        where team is not null
    )
    where spell_number = 1

),

handled_tickets as (

    select ticket_key, sum(seconds) as handle_seconds
    from {{ ref('fct_time_entries') }}
    where ticket_key is not null
    group by ticket_key

),

-- Where no call is told, tickets are what agents are there for.
tickets as (

    select
        coalesce(first_teams.team, 'unassigned') as team,
        tickets.created_at as started_at,
        case when handled_tickets.handle_seconds is null then 0 else 1 end as handled,
        handled_tickets.handle_seconds
    from {{ ref('fct_tickets') }} as tickets
    left join first_teams on tickets.ticket_key = first_teams.ticket_key
    left join handled_tickets on tickets.ticket_key = handled_tickets.ticket_key
    where tickets.is_countable and tickets.origin <> 'proactive_outbound' and not exists (select 1 from calls)

),

localised as (

    select
        contacts.team,
        {{ utc_to_local('contacts.started_at', 'run.reporting_time_zone') }} as local_at,
        contacts.handled,
        contacts.handle_seconds
    from (
        select * from calls
        union all
        select * from tickets
    ) as contacts
    cross join run

),

placed as (

    select
        *,
        cast(local_at as date) as date_day,
        extract(hour from local_at) * 2 + case when extract(minute from local_at) >= 30 then 1 else 0 end as half_hour
    from localised

),

final as (

    select
        date_day,
        cast(half_hour as bigint) as half_hour,
        team,
        cast(count(*) as bigint) as contact_count,
        cast(sum(handled) as bigint) as handled_count,
        cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds
    from placed
    group by date_day, half_hour, team

)

select * from final
