-- Grain: one countable ticket, with whether something is missing that KPIs need of every ticket.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

final as (

    select
        ticket_key,
        source_system,
        source_account,
        created_on,
        is_mature,
        (
            is_history_incomplete
            or requester_key is null
            or priority is null
            or ticket_type = 'unknown'
            or channel = 'unknown'
        ) as has_missing_inputs,
        full_resolution_seconds is null as is_censored
    from tickets

)

select * from final
