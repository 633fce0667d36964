-- Grain: one queue (a team, or all of them) × reporting day × half hour in which contacts came.
with

contacts as (

    select * from {{ ref('fct_contacts_half_hourly') }}

),

sliced as (

    select 'team' as slice, team as slice_value, * from contacts
    union all
    select 'all' as slice, 'all' as slice_value, * from contacts

),

final as (

    select
        slice,
        slice_value,
        date_day,
        half_hour,
        sum(contact_count) as contact_count,
        sum(handled_count) as handled_count,
        sum(handle_seconds) as handle_seconds
    from sliced
    group by slice, slice_value, date_day, half_hour

)

select * from final
