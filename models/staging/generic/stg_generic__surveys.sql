-- Grain: one survey, as its latest version tells of its request and its sending.
with

versions as (

    select
        source_system,
        source_account,
        survey_id,
        kind,
        ticket_id,
        customer_id,
        agent_id,
        requested_at,
        sent_at,
        sent_by,
        is_delivered,
        responded_at,
        _loaded_at,
        _file,
        _line
    from {{ ref('stg_generic__survey_versions') }}

),

-- An earlier version that is delivered again, late, does not undo what a later one told.
final as (

    {{ latest_version('versions', ['source_account', 'survey_id'], ['responded_at', 'sent_at']) }}

)

select * from final
