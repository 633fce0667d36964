-- Grain: one internal quality review.
with

reviews as (

    select * from {{ ref('int_quality_reviews') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

tickets as (

    select ticket_key from {{ ref('int_tickets') }}

),

states as (

    select ticket_key, is_history_incomplete from {{ ref('int_ticket_current_states') }}

),

agents as (

    select * from {{ ref('int_agents') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

-- Who held the ticket at its last solve before the review, else just then.
holders as (

    select
        reviews.review_key,
        spells.assignee_id,
        spells.team_id,
        row_number() over (
            partition by reviews.review_key order by case when spells.is_solve then 0 else 1 end, spells.started_at desc
        ) as precedence
    from reviews
    inner join {{ ref('int_ticket_spells') }} as spells
        on reviews.ticket_key = spells.ticket_key and reviews.reviewed_at >= spells.started_at

),

-- The review says whom it is of. Without a history nobody knows who held the ticket then.
held as (

    select
        reviews.*,
        tickets.ticket_key as known_ticket_key,
        coalesce(reviews.agent_id, case when not states.is_history_incomplete then holders.assignee_id end) as reviewed_agent_id,
        case when not states.is_history_incomplete then holders.team_id end as team_id
    from reviews
    left join tickets on reviews.ticket_key = tickets.ticket_key
    left join states on reviews.ticket_key = states.ticket_key
    left join holders on reviews.review_key = holders.review_key and holders.precedence = 1

),

final as (

    select
        held.review_key,
        held.source_system,
        held.source_account,
        held.known_ticket_key as ticket_key,
        agents.agent_key,
        teams.team,
        teams.team_key,
        case
            when held.reviewer_id is not null
                then {{ pseudonym(['held.source_system', 'held.source_account', 'held.reviewer_id']) }}
        end as reviewer_key,
        held.reviewed_at,
        {{ reporting_day('held.reviewed_at', 'run.reporting_time_zone') }} as reviewed_on,
        cast(held.category_count as bigint) as category_count,
        cast(held.rated_category_count as bigint) as rated_category_count,
        cast(held.failed_critical_count as bigint) as failed_critical_count,
        held.weighted_score,
        held.score
    from held
    cross join run
    left join agents
        on held.source_system = agents.source_system
            and held.source_account = agents.source_account
            and held.reviewed_agent_id = agents.agent_id
    left join teams
        on held.source_system = teams.source_system
            and held.source_account = teams.source_account
            and held.team_id = teams.team_id

)

select * from final
