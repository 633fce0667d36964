-- Grain: one delivery of an event, with the ticket it was told of.
with

source as (

    select * from {{ source('generic', 'ticket_events') }}

),

final as (

    select
        _account as source_account,
        nullif(trim(event_id), '') as event_id,
        nullif(trim(ticket_id), '') as ticket_id,
        _load_id,
        _line
    from source

)

select * from final
