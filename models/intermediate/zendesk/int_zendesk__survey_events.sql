-- Grain: one event of a Zendesk ticket's satisfaction survey, whether audits, ratings or both tell it.
with

audit_events as (

    select
        *,
        max(case when field_name = 'satisfaction_comment' and value is not null then 1 else 0 end) over (
            partition by source_account, audit_id
        ) as comments_of_audit
    from {{ ref('stg_zendesk__ticket_audit_events') }}
    where event_type in ('Create', 'Change') and field_name in ('satisfaction_score', 'satisfaction_comment')

),

rating_versions as (

    select *, coalesce(updated_at, created_at) as version_at
    from {{ ref('stg_zendesk__satisfaction_rating_versions') }}

),

-- Zendesk emits a rating again for reasons of its own: a version in which nothing is new is no event.
compared_versions as (

    select
        *,
        lag(score) over (partition by source_account, rating_id order by version_at, _loaded_at) as previous_score,
        lag(has_comment) over (partition by source_account, rating_id order by version_at, _loaded_at) as had_comment
    from rating_versions

),

unioned as (

    select
        source_system, source_account, ticket_id, created_at as happened_at, lower(value) as vendor_score,
        comments_of_audit = 1 as has_comment,
        cast(null as {{ dbt.type_string() }}) as assignee_id, cast(null as {{ dbt.type_string() }}) as group_id,
        true as is_audited,
        'audit-' || lpad(audit_id, 20, '0') || '-' || lpad(cast(event_number as {{ dbt.type_string() }}), 6, '0') as event_id
    from audit_events
    where field_name = 'satisfaction_score'
    union all
    select
        source_system, source_account, ticket_id, version_at as happened_at, score as vendor_score,
        has_comment,
        assignee_id, group_id,
        false as is_audited,
        'rating-' || lpad(rating_id, 20, '0') || '-' || cast(version_at as {{ dbt.type_string() }}) as event_id
    from compared_versions
    where previous_score is null or previous_score <> score or had_comment <> has_comment

),

-- 'unoffered' is what a ticket has before anything happens.
worded as (

    select
        source_system, source_account, ticket_id, happened_at, assignee_id, group_id, is_audited, event_id,
        has_comment or vendor_score like '%with%comment' as has_comment,
        case when vendor_score = 'offered' then 'offered' else 'answered' end as event,
        case when vendor_score like 'good%' then 'good' when vendor_score like 'bad%' then 'bad' end as score
    from unioned
    where vendor_score = 'offered' or vendor_score like 'good%' or vendor_score like 'bad%'

),

-- A rating that says what an audit said within a minute tells the same event.
told as (

    select
        worded.*,
        coalesce(audited.event_id, worded.event_id) as told_event_id,
        row_number() over (
            partition by worded.source_account, worded.event_id
            order by abs({{ seconds_between('audited.happened_at', 'worded.happened_at') }}), audited.event_id
        ) as nearness
    from worded
    left join worded as audited
        on not worded.is_audited
            and audited.is_audited
            and worded.source_account = audited.source_account
            and worded.ticket_id = audited.ticket_id
            and worded.event = audited.event
            and coalesce(worded.score, '') = coalesce(audited.score, '')
            and abs({{ seconds_between('audited.happened_at', 'worded.happened_at') }}) <= 60

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'told_event_id']) }} as survey_event_key,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        source_system,
        source_account,
        told_event_id as event_id,
        coalesce(max(case when is_audited then happened_at end), max(happened_at)) as happened_at,
        event,
        score,
        max(case when has_comment then 1 else 0 end) = 1 as has_comment,
        max(assignee_id) as told_assignee_id,
        max(group_id) as told_team_id
    from told
    where nearness = 1
    group by source_system, source_account, ticket_id, told_event_id, event, score

)

select * from final
