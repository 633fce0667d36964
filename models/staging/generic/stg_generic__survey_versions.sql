-- Grain: one version of a survey: one answer to it, or none yet.
with

source as (

    select * from {{ source('generic', 'surveys') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.survey_id), '') as survey_id,
        lower(trim(source.kind)) as kind,
        nullif(trim(source.ticket_id), '') as ticket_id,
        nullif(trim(source.customer_id), '') as customer_id,
        nullif(trim(source.agent_id), '') as agent_id,
        {{ iso_to_utc('source.requested_at', 'accounts.time_zone') }} as requested_at,
        {{ iso_to_utc('source.sent_at', 'accounts.time_zone') }} as sent_at,
        nullif(lower(trim(source.sent_by)), '') as sent_by,
        cast(nullif(trim(source.delivered), '') as boolean) as is_delivered,
        {{ iso_to_utc('source.responded_at', 'accounts.time_zone') }} as told_responded_at,
        cast(nullif(trim(source.score), '') as double) as score,
        cast(nullif(trim(source.scale_min), '') as double) as scale_min,
        cast(nullif(trim(source.scale_max), '') as double) as scale_max,
        coalesce(cast(nullif(trim(source.higher_is_better), '') as boolean), true) as is_higher_better,
        coalesce(cast(nullif(trim(source.has_comment), '') as boolean), false) as has_comment,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

-- A score without its time was given after the survey was sent: then, as far as is known.
timed as (

    select
        *,
        coalesce(told_responded_at, case when score is not null then coalesce(sent_at, requested_at) end) as responded_at
    from renamed

),

-- A record that says what was said before is the same version, told better when it knows that it was sent.
final as (

    {{ latest_version('timed', ['source_account', 'survey_id', 'responded_at', 'score'], ['sent_at']) }}

)

select * from final
