-- Grain: one helpdesk account that has landed.
with

source as (

    select * from {{ source('meta', 'accounts') }}

),

final as (

    select
        source_system,
        source_account,
        time_zone,
        default_schedule_id
    from source

)

select * from final
