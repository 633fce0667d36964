-- Grain: one holiday of a schedule of any helpdesk: local dates, both included.
with

unioned as (

    select source_system, source_account, schedule_id, starts_on, ends_on from {{ ref('stg_generic__holidays') }}
    union all
    select source_system, source_account, schedule_id, starts_on, ends_on from {{ ref('int_zendesk__schedule_holidays') }}

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'schedule_id']) }} as schedule_key,
        starts_on,
        ends_on
    from unioned

)

select * from final
