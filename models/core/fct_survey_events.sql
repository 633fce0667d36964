-- Grain: one event of a survey: it was offered, or answered.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key, case when requester_id is not null then requester_key end as requester_key
    from {{ ref('int_tickets') }}

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

-- What a ticket's customer answers is compared over all its surveys; without a ticket each survey is on its own.
events as (

    select
        survey_events.*,
        coalesce(survey_events.customer_key, tickets.requester_key) as known_customer_key,
        coalesce(survey_events.ticket_key, survey_events.survey_key) as compared_key
    from {{ ref('int_survey_events') }} as survey_events
    left join tickets on survey_events.ticket_key = tickets.ticket_key
    cross join run
    where survey_events.happened_at <= run.as_of
        and (survey_events.ticket_key is null or tickets.ticket_key is not null)

),

numbered as (

    select
        *,
        row_number() over (
            partition by compared_key, kind
            order by happened_at, case event when 'offered' then 0 else 1 end, event_id
        ) as event_number
    from events

),

-- Whom it is about: who held the ticket at its last solve before, else just then.
holders as (

    select
        events.survey_event_key,
        spells.assignee_id,
        spells.team_id,
        case when spells.is_solve then spells.started_at end as solved_at,
        row_number() over (
            partition by events.survey_event_key order by case when spells.is_solve then 0 else 1 end, spells.started_at desc
        ) as precedence
    from events
    inner join spells on events.ticket_key = spells.ticket_key and events.happened_at >= spells.started_at

),

-- Without a history the ticket's present holder is all that is known, and is not whom it was about: the survey may say.
held as (

    select
        numbered.*,
        {{ last_known('numbered.score', 'numbered.compared_key, numbered.kind', 'numbered.event_number', before=true) }}
            as previous_score,
        {{ last_known('numbered.raw_score', 'numbered.survey_key', 'numbered.event_number', before=true) }}
            as previous_raw_score,
        row_number() over (partition by numbered.survey_key, numbered.event order by numbered.event_number) as answer_number,
        row_number() over (
            partition by numbered.compared_key, numbered.kind, numbered.event
            order by case when numbered.raw_score is null then 1 else 0 end, numbered.event_number desc
        ) as recency,
        holders.solved_at,
        case when coalesce(states.is_history_incomplete, true) then numbered.told_assignee_id else holders.assignee_id end
            as assignee_id,
        case when coalesce(states.is_history_incomplete, true) then numbered.told_team_id else holders.team_id end as team_id
    from numbered
    left join states on numbered.ticket_key = states.ticket_key
    left join holders on numbered.survey_event_key = holders.survey_event_key and holders.precedence = 1

),

final as (

    select
        held.survey_event_key,
        held.survey_key,
        held.kind,
        held.ticket_key,
        held.known_customer_key as customer_key,
        held.source_system,
        held.source_account,
        held.happened_at,
        {{ reporting_day('held.happened_at', 'run.reporting_time_zone') }} as happened_on,
        held.event,
        cast(held.event_number as bigint) as event_number,
        held.raw_score,
        held.scale_min,
        held.scale_max,
        held.is_higher_better,
        held.normalised_score,
        held.is_satisfied,
        held.nps_category,
        held.ces_score,
        held.sentiment,
        held.score,
        held.previous_score,
        coalesce(held.previous_score = 'bad' and held.score = 'good', false) as is_improved,
        coalesce(held.previous_score = 'good' and held.score = 'bad', false) as is_worsened,
        held.event = 'answered'
        and (held.answer_number = 1 or coalesce(held.previous_raw_score <> held.raw_score, false)) as is_new_answer,
        held.event = 'answered' and held.recency = 1 as is_latest,
        held.has_comment,
        held.solved_at,
        {{ reporting_day('held.solved_at', 'run.reporting_time_zone') }} as solved_on,
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
