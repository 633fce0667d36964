-- Grain: one ticket × clock, with the times of its resolution and, while it is unsolved, the time so far.
with

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable

),

calendar as (

    select
        ticket_key,
        'calendar' as clock,
        first_resolution_seconds,
        full_resolution_seconds,
        resolution_ex_pending_seconds,
        resolution_ex_hold_seconds,
        resolution_ex_pending_and_hold_seconds,
        age_seconds as running_seconds
    from tickets

),

-- Without opening hours business time is calendar time, which is told already.
business as (

    select
        ticket_key,
        'business' as clock,
        first_resolution_business_seconds as first_resolution_seconds,
        full_resolution_business_seconds as full_resolution_seconds,
        resolution_ex_pending_business_seconds as resolution_ex_pending_seconds,
        resolution_ex_hold_business_seconds as resolution_ex_hold_seconds,
        resolution_ex_pending_and_hold_business_seconds as resolution_ex_pending_and_hold_seconds,
        new_business_seconds + open_business_seconds + pending_business_seconds + hold_business_seconds
        + solved_gap_business_seconds + deleted_gap_business_seconds as running_seconds
    from tickets
    where schedule_origin <> 'always_open'

),

unioned as (

    select * from calendar
    union all
    select * from business

),

final as (

    select
        unioned.ticket_key,
        unioned.clock,
        unioned.first_resolution_seconds,
        unioned.full_resolution_seconds,
        unioned.resolution_ex_pending_seconds,
        unioned.resolution_ex_hold_seconds,
        unioned.resolution_ex_pending_and_hold_seconds,
        case when tickets.solved_at is null then unioned.running_seconds end as running_seconds,
        -- A ticket found solved, of which no event tells when, neither has a time nor waits.
        tickets.solved_at is null and tickets.status not in ('solved', 'closed') as is_unsolved,
        tickets.is_mature,
        tickets.is_past_maturity,
        tickets.age_seconds
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key

)

select * from final
