-- Grain: one stretch of a ticket's life under one schedule.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, source_system, source_account, created_at, schedule_id from {{ ref('int_tickets') }}

),

merged_tickets as (

    select ticket_key, closed_at as merged_at from {{ ref('int_ticket_current_states') }} where merged_into_id is not null

),

accounts as (

    select * from {{ ref('int_account_schedules') }}

),

schedules as (

    select distinct schedule_key from {{ ref('int_schedule_openings') }}

),

changes as (

    select
        *,
        row_number() over (
            partition by ticket_key order by occurred_at, event_id nulls last, event_line nulls last
        ) as change_number
    from {{ ref('int_ticket_changes') }}
    where field = 'schedule'

),

-- As with any field, the first change tells what held before it, and a merge is the end.
settings as (

    select
        tickets.ticket_key,
        tickets.created_at as set_at,
        0 as setting_number,
        case when changes.ticket_key is null then tickets.schedule_id else changes.old_value end as schedule_id
    from tickets
    left join changes on tickets.ticket_key = changes.ticket_key and changes.change_number = 1
    union all
    select
        changes.ticket_key,
        greatest(changes.occurred_at, tickets.created_at) as set_at,
        changes.change_number as setting_number,
        changes.new_value as schedule_id
    from changes
    inner join tickets on changes.ticket_key = tickets.ticket_key
    cross join run
    left join merged_tickets on changes.ticket_key = merged_tickets.ticket_key
    where changes.occurred_at <= run.as_of
        and (merged_tickets.merged_at is null or greatest(changes.occurred_at, tickets.created_at) < merged_tickets.merged_at)

),

-- A schedule that is not told, or told by an id that is nowhere described, is the account's default one.
keyed as (

    select
        settings.ticket_key,
        settings.set_at,
        settings.setting_number,
        coalesce(schedules.schedule_key, accounts.default_schedule_key) as schedule_key,
        case when schedules.schedule_key is not null then 'ticket' else accounts.default_schedule_origin end as schedule_origin,
        lead(settings.set_at) over (partition by settings.ticket_key order by settings.setting_number) as next_set_at
    from settings
    inner join tickets on settings.ticket_key = tickets.ticket_key
    inner join accounts
        on tickets.source_system = accounts.source_system and tickets.source_account = accounts.source_account
    left join schedules
        on schedules.schedule_key
            = {{ surrogate_key(['tickets.source_system', 'tickets.source_account', 'settings.schedule_id']) }}

),

compared as (

    select
        *,
        lag(schedule_key) over (partition by ticket_key order by setting_number) as previous_schedule_key
    from keyed
    where next_set_at is null or next_set_at > set_at

),

final as (

    select
        ticket_key,
        schedule_key,
        schedule_origin,
        set_at as started_at,
        lead(set_at) over (partition by ticket_key order by setting_number) as ended_at,
        row_number() over (partition by ticket_key order by setting_number) = 1 as is_first,
        count(*) over (partition by ticket_key) = 1 as is_only
    from compared
    where previous_schedule_key is null or previous_schedule_key <> schedule_key

)

select * from final
