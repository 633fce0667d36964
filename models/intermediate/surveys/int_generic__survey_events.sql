-- Grain: one event of a survey of the open format: it was asked for, or answered.
with

surveys as (

    select * from {{ ref('stg_generic__surveys') }}

),

versions as (

    select
        *,
        row_number() over (
            partition by source_account, survey_id order by responded_at, _loaded_at, _file, _line
        ) as version_number
    from {{ ref('stg_generic__survey_versions') }}
    where responded_at is not null

),

tickets as (

    select ticket_key from {{ ref('int_tickets') }} where source_system = 'generic'

),

unioned as (

    select
        source_system, source_account, survey_id, 'offered' as event, coalesce(requested_at, sent_at) as happened_at,
        cast(0 as bigint) as version_number, cast(null as double) as score, cast(null as double) as scale_min,
        cast(null as double) as scale_max, true as is_higher_better, false as has_comment
    from surveys
    where coalesce(requested_at, sent_at) is not null
    union all
    select
        source_system, source_account, survey_id, 'answered' as event, responded_at as happened_at,
        version_number, score, scale_min, scale_max, is_higher_better, has_comment
    from versions

),

-- A survey about a ticket that was not delivered is still a survey of that customer.
final as (

    select
        {{ surrogate_key([
            'unioned.source_system', 'unioned.source_account', 'unioned.survey_id', 'unioned.event',
            'unioned.version_number'
        ]) }} as survey_event_key,
        {{ surrogate_key(['unioned.source_system', 'unioned.source_account', 'unioned.survey_id']) }} as survey_key,
        tickets.ticket_key,
        case
            when surveys.customer_id is not null
                then {{ pseudonym(['surveys.source_system', 'surveys.source_account', 'surveys.customer_id']) }}
        end as customer_key,
        unioned.source_system,
        unioned.source_account,
        surveys.kind,
        unioned.survey_id || '-' || lpad(cast(unioned.version_number as {{ dbt.type_string() }}), 6, '0') as event_id,
        unioned.happened_at,
        unioned.event,
        unioned.score as raw_score,
        coalesce(unioned.scale_min, case surveys.kind when 'nps' then 0.0 else 1.0 end) as scale_min,
        coalesce(unioned.scale_max, case surveys.kind when 'nps' then 10.0 when 'ces' then 7.0 else 5.0 end) as scale_max,
        unioned.is_higher_better,
        unioned.has_comment,
        surveys.agent_id as told_assignee_id
    from unioned
    inner join surveys
        on unioned.source_account = surveys.source_account and unioned.survey_id = surveys.survey_id
    left join tickets
        on tickets.ticket_key
            = {{ surrogate_key(['surveys.source_system', 'surveys.source_account', 'surveys.ticket_id']) }}

)

select * from final
