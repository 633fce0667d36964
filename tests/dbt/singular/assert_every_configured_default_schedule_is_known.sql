-- A schedule that helpdesk.toml names but no extract describes is a slip of the pen, not a reason for 24 hours a day.
select
    accounts.source_system,
    accounts.source_account,
    accounts.default_schedule_id
from {{ ref('stg_warehouse__accounts') }} as accounts
left join {{ ref('int_schedule_openings') }} as schedules
    on accounts.source_system = schedules.source_system
        and accounts.source_account = schedules.source_account
        and accounts.default_schedule_id = schedules.schedule_id
where accounts.default_schedule_id is not null and schedules.schedule_id is null
