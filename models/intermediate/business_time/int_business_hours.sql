-- Grain: one stretch in which a schedule is open without a break, in UTC.
with

bounds as (

    select * from {{ ref('int_business_horizon') }}

),

openings as (

    select * from {{ ref('int_schedule_openings') }}

),

holidays as (

    select * from {{ ref('int_schedule_holidays') }}

),

-- An opening that passes midnight began on an earlier local day: up to a week before.
opening_days as (

    select {{ date_sequence(seconds_after('first_day', '-8 * 86400'), 'last_day') }} as opens_on from bounds

),

days_after_opening as (

    select offsets.days from (values (0), (1), (2), (3), (4), (5), (6), (7)) as offsets (days)

),

-- Cut at local midnights, so that each piece belongs to one local day.
pieces as (

    select
        openings.schedule_key,
        openings.time_zone,
        openings.valid_from_at,
        openings.valid_until_at,
        {{ seconds_after('cast(opening_days.opens_on as timestamp)', 'days * 86400') }} as local_midnight,
        greatest(openings.opens_second - days * 86400, 0) as from_second,
        least(openings.closes_second - days * 86400, 86400) as to_second
    from openings
    inner join opening_days on openings.weekday = {{ iso_weekday('opening_days.opens_on') }}
    cross join days_after_opening
    where openings.opens_second < (days + 1) * 86400
        and openings.closes_second > days * 86400
        and (openings.first_opens_on is null or openings.first_opens_on <= opening_days.opens_on)
        and (openings.last_opens_on is null or openings.last_opens_on >= opening_days.opens_on)

),

local_pieces as (

    select
        pieces.*,
        {{ seconds_after('pieces.local_midnight', 'pieces.from_second') }} as local_from,
        {{ seconds_after('pieces.local_midnight', 'pieces.to_second') }} as local_to
    from pieces
    left join holidays
        on pieces.schedule_key = holidays.schedule_key
            and cast(pieces.local_midnight as date) between holidays.starts_on and holidays.ends_on
    where holidays.schedule_key is null

),

instants as (

    select
        schedule_key,
        valid_from_at,
        valid_until_at,
        {{ local_to_utc('local_from', 'time_zone') }} as from_at,
        {{ local_to_utc('local_to', 'time_zone') }} as to_at
    from local_pieces

),

in_force as (

    select
        schedule_key,
        greatest(from_at, coalesce(valid_from_at, from_at)) as from_at,
        least(to_at, coalesce(valid_until_at, to_at)) as to_at
    from instants

),

marked as (

    select
        *,
        max(to_at) over (
            partition by schedule_key order by from_at, to_at rows between unbounded preceding and 1 preceding
        ) as reached_at
    from in_force
    where from_at < to_at

),

-- Pieces that touch or overlap are one stretch.
numbered as (

    select
        *,
        sum(case when reached_at is null or from_at > reached_at then 1 else 0 end) over (
            partition by schedule_key order by from_at, to_at rows between unbounded preceding and current row
        ) as stretch_number
    from marked

),

final as (

    select schedule_key, min(from_at) as opens_at, max(to_at) as closes_at
    from numbered
    group by schedule_key, stretch_number

)

select * from final
