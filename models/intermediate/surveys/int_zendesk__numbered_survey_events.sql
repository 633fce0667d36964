-- Grain: one event of a Zendesk survey, with the survey it belongs to: each offer of a ticket begins one.
with

events as (

    select * from {{ ref('int_zendesk__survey_events') }}

),

ordered as (

    select
        *,
        row_number() over (
            partition by ticket_key order by happened_at, case event when 'offered' then 0 else 1 end, event_id
        ) as event_number
    from events

),

compared as (

    select *, lag(event) over (partition by ticket_key order by event_number) as previous_event
    from ordered

),

-- An offer right after an offer is the same one, told by an audit and by a rating some time apart.
numbered as (

    select
        *,
        sum(case when event = 'offered' and coalesce(previous_event, 'none') <> 'offered' then 1 else 0 end) over (
            partition by ticket_key order by event_number rows between unbounded preceding and current row
        ) as survey_number
    from compared

),

final as (

    select
        survey_event_key,
        {{ surrogate_key(['ticket_key', 'cast(survey_number as bigint)']) }} as survey_key,
        ticket_key,
        cast(null as {{ dbt.type_string() }}) as customer_key,
        source_system,
        source_account,
        'csat' as kind,
        event_id,
        happened_at,
        event,
        cast(case score when 'good' then 1 when 'bad' then 0 end as double) as raw_score,
        cast(0 as double) as scale_min,
        cast(1 as double) as scale_max,
        true as is_higher_better,
        has_comment,
        told_assignee_id,
        told_team_id
    from numbered

)

select * from final
