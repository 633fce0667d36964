-- Grain: one team.
with

teams as (

    select * from {{ ref('int_teams') }}

),

final as (

    select
        team_key,
        source_system,
        source_account,
        team,
        tier
    from teams

)

select * from final
