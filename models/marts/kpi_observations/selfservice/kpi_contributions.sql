-- Grain: one observation of one KPI of what people add: an agent's change of an article, or a customer's suggestion.
with

events as (

    select * from {{ ref('fct_knowledge_events') }} where kind in ('create', 'update', 'link', 'flag')

),

suggestions as (

    select * from {{ ref('fct_suggestions') }}

),

contributions as (

    select 'default' as variant, * from events
    union all
    select
        case kind when 'create' then 'created' when 'update' then 'updated' when 'link' then 'linked' else 'flagged' end
            as variant,
        *
    from events

),

unioned as (

    select
        'articles_contributed' as kpi_id, variant, occurred_on as observed_on, knowledge_event_key as subject_key,
        source_system, team, agent_key, 1.0 as numerator
    from contributions
    union all
    select
        'suggestion_votes' as kpi_id, 'default' as variant, created_on as observed_on, suggestion_key as subject_key,
        source_system, null as team, null as agent_key, 1.0 as numerator
    from suggestions
    union all
    -- Votes come with no date of their own: they count on the day of the suggestion, and only while it is told.
    select
        'suggestion_votes' as kpi_id, 'votes' as variant, created_on as observed_on, suggestion_key as subject_key,
        source_system, null as team, null as agent_key, vote_count as numerator
    from suggestions
    where vote_count is not null

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        'count' as measure,
        observed_on,
        subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(team as {{ dbt.type_string() }}) as team,
        cast(agent_key as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        'unknown' as ticket_type,
        cast(numerator as double) as numerator,
        cast(null as double) as denominator,
        false as is_censored,
        false as is_immature
    from unioned

)

select * from final
