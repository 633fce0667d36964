-- Grain: one stretch of a reporting day in which a helpdesk account whose attendance is told is open, as far as it has passed.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

days as (

    select * from {{ ref('int_workforce_days') }}

),

clock as (

    select * from {{ ref('int_business_clock') }} where is_open

),

agents as (

    select distinct agent_key, source_system, source_account from {{ ref('int_staffed_agents') }}

),

-- Before the first state of an account nobody knows who was there.
told as (

    select
        agents.source_system,
        agents.source_account,
        min(parts.date_day) as first_day
    from {{ ref('int_agent_time_parts') }} as parts
    inner join agents on parts.agent_key = agents.agent_key
    where parts.kind = 'state'
    group by agents.source_system, agents.source_account

),

defaults as (

    select * from {{ ref('int_account_schedules') }} where default_schedule_origin <> 'always_open'

),

schedules as (

    select distinct source_system, source_account, schedule_key from {{ ref('int_schedule_openings') }}

),

-- Where no schedule is the default one, a helpdesk is open when any of its schedules is.
accounts as (

    select
        told.source_system,
        told.source_account,
        told.first_day,
        schedules.schedule_key
    from told
    inner join schedules
        on told.source_system = schedules.source_system and told.source_account = schedules.source_account
    left join defaults
        on told.source_system = defaults.source_system and told.source_account = defaults.source_account
    where schedules.schedule_key = coalesce(defaults.default_schedule_key, schedules.schedule_key)

),

cut as (

    select
        accounts.source_system,
        accounts.source_account,
        days.date_day,
        greatest(clock.from_at, days.starts_at) as from_at,
        least(clock.to_at, days.ends_at, run.as_of) as to_at
    from accounts
    cross join run
    inner join clock on accounts.schedule_key = clock.schedule_key
    inner join days
        on accounts.first_day <= days.date_day
            and clock.from_at < days.ends_at
            and clock.to_at > days.starts_at
    where clock.from_at < run.as_of

),

marked as (

    select
        *,
        max(to_at) over (
            partition by source_system, source_account, date_day order by from_at, to_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from cut
    where from_at < to_at

),

numbered as (

    select
        *,
        sum(case when reached_at is null or from_at > reached_at then 1 else 0 end) over (
            partition by source_system, source_account, date_day order by from_at, to_at
            rows between unbounded preceding and current row
        ) as stretch_number
    from marked

),

final as (

    select
        source_system,
        source_account,
        date_day,
        min(from_at) as from_at,
        max(to_at) as to_at
    from numbered
    group by source_system, source_account, date_day, stretch_number

)

select * from final
