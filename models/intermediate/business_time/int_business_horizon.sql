-- Grain: one row: the days for which opening hours are laid out.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select min(created_at) as first_created_at from {{ ref('int_tickets') }}

),

-- Three years ahead, so that a target set today has a due date.
final as (

    select
        cast(cast(coalesce(tickets.first_created_at, run.as_of) as date) as timestamp) as first_day,
        {{ seconds_after('cast(cast(run.as_of as date) as timestamp)', '1096 * 86400') }} as last_day
    from run
    cross join tickets

)

select * from final
