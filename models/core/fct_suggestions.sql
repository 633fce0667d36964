-- Grain: one suggestion of a customer.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

suggestions as (

    select * from {{ ref('stg_generic__suggestions') }}

),

final as (

    select
        {{ surrogate_key(['suggestions.source_system', 'suggestions.source_account', 'suggestions.suggestion_id']) }}
            as suggestion_key,
        suggestions.source_system,
        suggestions.source_account,
        case
            when suggestions.customer_id is not null
                then {{ pseudonym(['suggestions.source_system', 'suggestions.source_account', 'suggestions.customer_id']) }}
        end as customer_key,
        suggestions.created_at,
        {{ reporting_day('suggestions.created_at', 'run.reporting_time_zone') }} as created_on,
        suggestions.votes as vote_count
    from suggestions
    cross join run
    where suggestions.created_at <= run.as_of

)

select * from final
