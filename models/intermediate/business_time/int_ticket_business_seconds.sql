-- Grain: one ticket that has spells: its business seconds by what they count as, in each schedule mode.
with

stretches as (

    select * from {{ ref('int_ticket_stretches') }}

),

final as (

    select
        ticket_key,
        sum(case when counted_as = 'new' then business_seconds else 0 end) as new_business_seconds,
        sum(case when counted_as = 'open' then business_seconds else 0 end) as open_business_seconds,
        sum(case when counted_as = 'pending' then business_seconds else 0 end) as pending_business_seconds,
        sum(case when counted_as = 'hold' then business_seconds else 0 end) as hold_business_seconds,
        sum(case when counted_as = 'solved_gap' then business_seconds else 0 end) as solved_gap_business_seconds,
        sum(case when counted_as = 'deleted_gap' then business_seconds else 0 end) as deleted_gap_business_seconds,
        sum(case when counted_as = 'new' then business_seconds_at_event else 0 end) as new_business_seconds_at_event,
        sum(case when counted_as = 'open' then business_seconds_at_event else 0 end) as open_business_seconds_at_event,
        sum(case when counted_as = 'pending' then business_seconds_at_event else 0 end) as pending_business_seconds_at_event,
        sum(case when counted_as = 'hold' then business_seconds_at_event else 0 end) as hold_business_seconds_at_event,
        sum(case when counted_as = 'solved_gap' then business_seconds_at_event else 0 end) as solved_gap_business_seconds_at_event,
        sum(case when counted_as = 'deleted_gap' then business_seconds_at_event else 0 end) as deleted_gap_business_seconds_at_event,
        sum(case when counted_as = 'new' then business_seconds_at_creation else 0 end) as new_business_seconds_at_creation,
        sum(case when counted_as = 'open' then business_seconds_at_creation else 0 end) as open_business_seconds_at_creation,
        sum(case when counted_as = 'pending' then business_seconds_at_creation else 0 end) as pending_business_seconds_at_creation,
        sum(case when counted_as = 'hold' then business_seconds_at_creation else 0 end) as hold_business_seconds_at_creation,
        sum(case when counted_as = 'solved_gap' then business_seconds_at_creation else 0 end) as solved_gap_business_seconds_at_creation,
        sum(case when counted_as = 'deleted_gap' then business_seconds_at_creation else 0 end) as deleted_gap_business_seconds_at_creation
    from stretches
    group by ticket_key

)

select * from final
