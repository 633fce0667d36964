-- Grain: one stream of one account that has landed.
with

source as (

    select * from {{ source('meta', 'streams') }}

),

final as (

    select
        source_system,
        source_account,
        stream,
        record_count
    from source

)

select * from final
