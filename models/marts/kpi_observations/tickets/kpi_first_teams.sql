-- Grain: one ticket that a team ever held, with the first of them.
with

spells as (

    select * from {{ ref('fct_ticket_spells') }} where team is not null

),

ranked as (

    select
        ticket_key,
        team,
        row_number() over (partition by ticket_key order by started_at) as place
    from spells

),

final as (

    select ticket_key, team from ranked where place = 1

)

select * from final
