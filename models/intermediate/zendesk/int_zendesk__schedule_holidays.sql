-- Grain: one holiday of a Zendesk schedule, in local dates.
with

final as (

    select
        source_system,
        source_account,
        schedule_id,
        starts_on,
        ends_on
    from {{ ref('stg_zendesk__holidays') }}

)

select * from final
