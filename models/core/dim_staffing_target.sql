-- Grain: one row: how many agents are asked for, of helpdesk.toml, and the run it holds for.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        as_of,
        reporting_time_zone,
        {{ reporting_day('as_of', 'reporting_time_zone') }} as last_day,
        service_level_target,
        answer_seconds,
        maximum_occupancy,
        shrinkage,
        forecast_weeks
    from run

)

select * from final
