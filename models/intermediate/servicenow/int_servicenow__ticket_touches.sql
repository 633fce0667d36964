-- Grain: one incident, with whether anything new is known of it since the last build.
with

updates as (

    select * from {{ ref('stg_servicenow__incident_updates') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- What happened after the last build's as_of did not exist then, even if it had landed.
incidents as (

    select
        updates.source_system,
        updates.source_account,
        updates.incident_number as ticket_id,
        min(updates.opened_at) as created_at,
        max(
            case
                when updates._loaded_at > run.built_through_at
                    or updates.updated_at > run.built_as_of
                    or updates.opened_at > run.built_as_of then 1
                else 0
            end
        ) = 1 as is_touched
    from updates
    cross join run
    group by updates.source_system, updates.source_account, updates.incident_number

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        source_system,
        source_account,
        ticket_id,
        {{ created_month('created_at') }} as created_month,
        is_touched
    from incidents

)

select * from final
