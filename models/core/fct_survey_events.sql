-- Grain: one event of a ticket's satisfaction survey: it was offered, or answered.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key from {{ ref('int_tickets') }}

),

states as (

    select ticket_key, is_history_incomplete from {{ ref('int_ticket_current_states') }}

),

spells as (

    select * from {{ ref('int_ticket_spells') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

events as (

    select
        survey_events.*,
        row_number() over (
            partition by survey_events.ticket_key
            order by survey_events.happened_at, case survey_events.event when 'offered' then 0 else 1 end, survey_events.event_id
        ) as event_number
    from {{ ref('int_zendesk__survey_events') }} as survey_events
    inner join tickets on survey_events.ticket_key = tickets.ticket_key
    cross join run
    where survey_events.happened_at <= run.as_of

),

-- Whom it is about: who held the ticket at its last solve before, else just then.
holders as (

    select
        events.survey_event_key,
        spells.assignee_id,
        spells.team_id,
        row_number() over (
            partition by events.survey_event_key order by case when spells.is_solve then 0 else 1 end, spells.started_at desc
        ) as precedence
    from events
    inner join spells on events.ticket_key = spells.ticket_key and events.happened_at >= spells.started_at

),

-- Without a history the ticket's present holder is all that is known, and is not whom it was about: the survey may say.
held as (

    select
        events.*,
        {{ last_known('events.score', 'events.ticket_key', 'events.event_number', before=true) }} as previous_score,
        row_number() over (partition by events.ticket_key, events.event order by events.event_number desc) as recency,
        case when states.is_history_incomplete then events.told_assignee_id else holders.assignee_id end as assignee_id,
        case when states.is_history_incomplete then events.told_team_id else holders.team_id end as team_id
    from events
    inner join states on events.ticket_key = states.ticket_key
    left join holders on events.survey_event_key = holders.survey_event_key and holders.precedence = 1

),

final as (

    select
        held.survey_event_key,
        held.ticket_key,
        held.source_system,
        held.source_account,
        held.happened_at,
        {{ reporting_day('held.happened_at', 'run.reporting_time_zone') }} as happened_on,
        held.event,
        held.score,
        held.previous_score,
        coalesce(held.previous_score = 'bad' and held.score = 'good', false) as is_improved,
        coalesce(held.previous_score = 'good' and held.score = 'bad', false) as is_worsened,
        held.event = 'answered' and held.recency = 1 as is_latest,
        held.has_comment,
        agents.agent_key,
        teams.team,
        teams.team_key
    from held
    cross join run
    left join agents
        on held.source_system = agents.source_system
            and held.source_account = agents.source_account
            and held.assignee_id = agents.agent_id
    left join teams
        on held.source_system = teams.source_system
            and held.source_account = teams.source_account
            and held.team_id = teams.team_id

)

select * from final
