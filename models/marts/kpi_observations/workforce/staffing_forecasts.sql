-- Grain: one queue × reporting day × half hour for which contacts are forecast, up to six days ahead.
with

targets as (

    select * from {{ ref('dim_staffing_target') }}

),

contacts as (

    select * from {{ ref('staffing_contacts') }}

),

weeks as (

    select cast(row_number() over (order by date_day) as bigint) as weeks
    from {{ ref('dim_date') }}

),

first_days as (

    select slice, slice_value, min(date_day) as first_day
    from contacts
    group by slice, slice_value

),

-- What came in a half hour is part of the forecast for it in each of the following weeks.
carried as (

    select
        contacts.slice,
        contacts.slice_value,
        cast({{ seconds_after('cast(contacts.date_day as timestamp)', '7 * 86400 * weeks.weeks') }} as date) as date_day,
        contacts.half_hour,
        contacts.contact_count,
        case weeks.weeks when 1 then contacts.contact_count else 0 end as last_week_count
    from contacts
    cross join targets
    inner join weeks on targets.forecast_weeks >= weeks.weeks

),

summed as (

    select
        slice,
        slice_value,
        date_day,
        half_hour,
        sum(contact_count) as contact_count,
        sum(last_week_count) as last_week_count
    from carried
    group by slice, slice_value, date_day, half_hour

),

-- A queue younger than that is forecast from the weeks there are. The running day is not over: six days ahead are forecast.
averaged as (

    select
        summed.*,
        least(
            targets.forecast_weeks, floor(
                {{ seconds_between('cast(first_days.first_day as timestamp)', 'cast(summed.date_day as timestamp)') }}
                / cast(7 * 86400 as double)
            )
        ) as week_count
    from summed
    cross join targets
    inner join first_days on summed.slice = first_days.slice and summed.slice_value = first_days.slice_value
    where summed.date_day <= cast({{ seconds_after('cast(targets.last_day as timestamp)', '6 * 86400') }} as date)

),

daily as (

    select
        slice,
        slice_value,
        date_day,
        sum(handled_count) as handled_count,
        sum(handle_seconds) as handle_seconds
    from contacts
    group by slice, slice_value, date_day

),

forecast_days as (

    select distinct slice, slice_value, date_day from averaged

),

-- Handling takes as long as it took in those weeks, at whatever hour; a queue of which nobody knows that asks for nobody.
handling as (

    select
        forecast_days.slice,
        forecast_days.slice_value,
        forecast_days.date_day,
        cast(sum(daily.handle_seconds) as double) / nullif(sum(daily.handled_count), 0) as handle_seconds
    from forecast_days
    cross join targets
    inner join daily
        on forecast_days.slice = daily.slice
            and forecast_days.slice_value = daily.slice_value
            and daily.date_day < least(forecast_days.date_day, targets.last_day)
            and daily.date_day >= cast(
                {{ seconds_after('cast(forecast_days.date_day as timestamp)', '-7 * 86400 * targets.forecast_weeks') }} as date
            )
    group by forecast_days.slice, forecast_days.slice_value, forecast_days.date_day

),

final as (

    select
        averaged.slice,
        averaged.slice_value,
        averaged.date_day,
        averaged.half_hour,
        averaged.contact_count / averaged.week_count as forecast_count,
        cast(averaged.last_week_count as double) as last_week_count,
        handling.handle_seconds
    from averaged
    inner join handling
        on averaged.slice = handling.slice
            and averaged.slice_value = handling.slice_value
            and averaged.date_day = handling.date_day
    where handling.handle_seconds > 0

)

select * from final
