-- Grain: one time T that a rate of tickets within it is told for.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

defaults as (

    select 'response_within_target_rate' as kpi_id, default_response_hours as hours from run
    union all
    select 'resolved_within_target_rate' as kpi_id, default_resolution_hours as hours from run
    union all
    -- An acknowledgement that takes longer is none: no setting.
    select 'auto_acknowledgement_rate' as kpi_id, 1 as hours from run

),

parts as (

    select 'response_within_target_rate' as kpi_id, {{ each_part('response_hours') }} as part from run
    union all
    select 'resolved_within_target_rate' as kpi_id, {{ each_part('resolution_hours') }} as part from run

),

listed as (

    select kpi_id, cast(part as bigint) as hours from parts where part <> ''

),

final as (

    select kpi_id, 'default' as variant, cast(hours * 3600 as bigint) as target_seconds from defaults
    union all
    select
        listed.kpi_id,
        'within_' || cast(listed.hours as {{ dbt.type_string() }}) || 'h' as variant,
        cast(listed.hours * 3600 as bigint) as target_seconds
    from listed
    left join defaults on listed.kpi_id = defaults.kpi_id and listed.hours = defaults.hours
    where defaults.kpi_id is null

)

select * from final
