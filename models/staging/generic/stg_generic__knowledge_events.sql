-- Grain: one event of the help centre, in its latest version.
with

source as (

    select * from {{ source('generic', 'knowledge_events') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.event_id), '') as event_id,
        {{ iso_to_utc('source.occurred_at', 'accounts.time_zone') }} as occurred_at,
        lower(trim(source.kind)) as kind,
        nullif(trim(source.article_id), '') as article_id,
        cast(nullif(trim(source.results), '') as bigint) as result_count,
        nullif(trim(source.visitor_id), '') as visitor_id,
        nullif(trim(source.customer_id), '') as customer_id,
        nullif(trim(source.agent_id), '') as agent_id,
        nullif(trim(source.ticket_id), '') as ticket_id,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'event_id']) }}

)

select * from final
