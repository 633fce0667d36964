-- Grain: one helpdesk account × reporting day on which it was open, with the open time somebody was there.
with

openings as (

    select * from {{ ref('int_account_openings') }}

),

attendances as (

    select * from {{ ref('int_attendances') }}

),

opened as (

    select
        source_system,
        source_account,
        date_day,
        sum({{ seconds_between('from_at', 'to_at') }}) as open_seconds
    from openings
    group by source_system, source_account, date_day

),

attended_parts as (

    select
        openings.source_system,
        openings.source_account,
        openings.date_day,
        attendances.attendance,
        greatest(openings.from_at, attendances.from_at) as from_at,
        least(openings.to_at, attendances.to_at) as to_at
    from openings
    inner join attendances
        on openings.source_system = attendances.source_system
            and openings.source_account = attendances.source_account
            and openings.date_day = attendances.date_day
            and openings.from_at < attendances.to_at
            and openings.to_at > attendances.from_at

),

attended as (

    select
        source_system,
        source_account,
        date_day,
        sum(case attendance when 'at_work' then {{ seconds_between('from_at', 'to_at') }} else 0 end) as attended_seconds,
        sum(case attendance when 'ready' then {{ seconds_between('from_at', 'to_at') }} else 0 end) as ready_seconds
    from attended_parts
    group by source_system, source_account, date_day

),

final as (

    select
        {{ surrogate_key(['opened.source_system', 'opened.source_account', 'opened.date_day']) }} as opening_attendance_key,
        opened.source_system,
        opened.source_account,
        opened.date_day,
        cast(opened.open_seconds as bigint) as open_seconds,
        cast(coalesce(attended.attended_seconds, 0) as bigint) as attended_seconds,
        cast(coalesce(attended.ready_seconds, 0) as bigint) as ready_seconds
    from opened
    left join attended
        on opened.source_system = attended.source_system
            and opened.source_account = attended.source_account
            and opened.date_day = attended.date_day

)

select * from final
