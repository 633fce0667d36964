-- Grain: one row, the secret that goes into the keys of people.
with

source as (

    select * from {{ source('meta', 'pseudonym_key') }}

),

final as (

    select secret
    from source

)

select * from final
