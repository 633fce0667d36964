-- Grain: one survey, with when and how it was sent.
with

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'survey_id']) }} as survey_key,
        sent_at,
        sent_by,
        is_delivered
    from {{ ref('stg_generic__surveys') }}
    union all
    -- Zendesk sends what it offers, and does not say how.
    select
        survey_key,
        min(happened_at) as sent_at,
        cast(null as {{ dbt.type_string() }}) as sent_by,
        cast(null as boolean) as is_delivered
    from {{ ref('int_zendesk__numbered_survey_events') }}
    where event = 'offered'
    group by survey_key

)

select * from final
