-- Grain: one weekly local opening of a Zendesk schedule, while one version of the schedule is in force.
with

versions as (

    select
        *,
        coalesce(updated_at, created_at) as version_at,
        min(created_at) over (partition by source_account, schedule_id) as made_at
    from {{ ref('stg_zendesk__schedule_versions') }}

),

time_zones as (

    select * from {{ ref('zendesk_time_zones') }}

),

-- The first version is in force from ever, the last one for ever.
in_force as (

    select
        *,
        row_number() over (partition by source_account, schedule_id order by version_at nulls first) as version_number,
        lead(version_at) over (partition by source_account, schedule_id order by version_at nulls first) as next_version_at,
        dense_rank() over (partition by source_account order by made_at nulls last, lpad(schedule_id, 20, '0')) = 1 as is_default
    from versions

),

elements as (

    select
        in_force.*,
        {{ json_elements('in_force.intervals') }}
    from in_force

),

parsed as (

    select
        *,
        {{ json_integer('element', '$.start_time') }} as start_minute,
        {{ json_integer('element', '$.end_time') }} as end_minute
    from elements

),

-- Zendesk counts minutes from Sunday 00:00; one that ends at or before its start passes the end of the week.
final as (

    select
        parsed.source_system,
        parsed.source_account,
        parsed.schedule_id,
        parsed.schedule_name,
        coalesce(time_zones.time_zone, parsed.vendor_time_zone) as time_zone,
        case
            when parsed.start_minute % 10080 < 1440 then cast(7 as bigint)
            else cast(floor((parsed.start_minute % 10080) / 1440) as bigint)
        end as weekday,
        60 * (parsed.start_minute % 1440) as opens_second,
        60 * (
            parsed.start_minute % 1440 + parsed.end_minute - parsed.start_minute
            + case when parsed.end_minute <= parsed.start_minute then 10080 else 0 end
        ) as closes_second,
        cast(null as date) as first_opens_on,
        cast(null as date) as last_opens_on,
        case when parsed.version_number > 1 then parsed.version_at end as valid_from_at,
        parsed.next_version_at as valid_until_at,
        parsed.is_default
    from parsed
    left join time_zones on parsed.vendor_time_zone = time_zones.zendesk_time_zone
    where parsed.start_minute is not null and parsed.end_minute is not null

)

select * from final
