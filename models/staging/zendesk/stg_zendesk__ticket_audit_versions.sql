-- Grain: one delivery of an audit, with the ticket it was told of.
with

source as (

    select * from {{ source('zendesk', 'ticket_audits') }}

),

final as (

    select
        _account as source_account,
        trim(id) as audit_id,
        trim(ticket_id) as ticket_id,
        _load_id,
        _line
    from source

)

select * from final
