-- Grain: one helpdesk account, with the schedule of tickets that tell none.
with

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }}

),

schedules as (

    select
        source_system,
        source_account,
        schedule_id,
        schedule_key,
        max(case when is_default then 1 else 0 end) as is_default
    from {{ ref('int_schedule_openings') }}
    group by source_system, source_account, schedule_id, schedule_key

),

final as (

    select
        accounts.source_system,
        accounts.source_account,
        coalesce(configured.schedule_key, defaults.schedule_key, {{ surrogate_key(["'warehouse'", "'main'", "'always_open'"]) }})
            as default_schedule_key,
        case
            when configured.schedule_key is not null then 'configured'
            when defaults.schedule_key is not null then 'helpdesk'
            else 'always_open'
        end as default_schedule_origin
    from accounts
    left join schedules as configured
        on accounts.source_system = configured.source_system
            and accounts.source_account = configured.source_account
            and accounts.default_schedule_id = configured.schedule_id
    left join schedules as defaults
        on accounts.source_system = defaults.source_system
            and accounts.source_account = defaults.source_account
            and defaults.is_default = 1

)

select * from final
