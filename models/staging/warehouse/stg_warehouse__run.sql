-- Grain: one row, the run being built.
with

source as (

    select * from {{ source('meta', 'run') }}

),

final as (

    select
        run_id,
        as_of,
        built_through_at,
        built_as_of,
        reporting_time_zone,
        maturity_days,
        repeat_contact_days,
        short_abandon_seconds,
        default_response_hours,
        response_hours,
        default_resolution_hours,
        resolution_hours,
        service_level_target,
        maximum_occupancy,
        shrinkage,
        forecast_weeks,
        full_time_hours_per_week,
        answer_seconds,
        survey_minimum_n,
        benchmark_industry,
        reporting_currency,
        capex_months,
        publishes_agent_names
    from source

)

select * from final
