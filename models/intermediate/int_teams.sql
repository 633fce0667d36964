-- Grain: one team of any helpdesk, listed or seen holding a ticket or called.
with

listed as (

    select source_system, source_account, group_id, group_name, tier from {{ ref('stg_generic__groups') }}
    union all
    select source_system, source_account, group_id, group_name, cast(null as {{ dbt.type_string() }}) as tier
    from {{ ref('stg_zendesk__groups') }}

),

tickets as (

    select ticket_key, source_system, source_account from {{ ref('int_tickets') }}

),

holders as (

    select distinct
        tickets.source_system,
        tickets.source_account,
        spells.team_id
    from {{ ref('int_ticket_spells') }} as spells
    inner join tickets on spells.ticket_key = tickets.ticket_key
    where spells.team_id is not null

),

known as (

    select source_system, source_account, group_id as team_id from listed
    union
    select source_system, source_account, team_id from holders
    union
    select source_system, source_account, group_id as team_id from {{ ref('int_calls') }} where group_id is not null

),

named as (

    select
        {{ surrogate_key(['known.source_system', 'known.source_account', 'known.team_id']) }} as team_key,
        known.source_system,
        known.source_account,
        known.team_id,
        coalesce(listed.group_name, known.team_id) as team_name,
        listed.tier
    from known
    left join listed
        on known.source_system = listed.source_system
            and known.source_account = listed.source_account
            and known.team_id = listed.group_id

),

counted as (

    select *, count(*) over (partition by team_name) as teams_of_that_name
    from named

),

-- Two teams of one name are two teams: their names then say whose they are.
final as (

    select
        team_key,
        source_system,
        source_account,
        team_id,
        case
            when teams_of_that_name = 1 then team_name
            else team_name || ' (' || source_system || '@' || source_account || ' ' || team_id || ')'
        end as team,
        tier
    from counted

)

select * from final
