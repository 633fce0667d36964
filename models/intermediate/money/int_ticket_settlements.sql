-- Grain: one ticket that tells what was settled with it.
with

tickets as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        settled_amount,
        upper(settled_currency) as settled_currency
    from {{ ref('stg_generic__tickets') }}
    where settled_amount is not null

),

-- A ticket that is reopened is settled no longer: it has no solve until the next one.
solves as (

    select ticket_key, solved_at from {{ ref('int_ticket_durations') }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

dated as (

    select
        tickets.*,
        {{ reporting_day('solves.solved_at', 'run.reporting_time_zone') }} as settled_on
    from tickets
    inner join solves on tickets.ticket_key = solves.ticket_key
    cross join run

),

final as (

    select
        dated.ticket_key,
        dated.settled_on,
        dated.settled_amount as settled_original_amount,
        dated.settled_currency,
        cast(dated.settled_amount * rates.rate as decimal(18, 4)) as settled_amount
    from dated
    left join rates on {{ exchange_rate_of('rates', 'dated.settled_currency', 'dated.settled_on') }}

)

select * from final
