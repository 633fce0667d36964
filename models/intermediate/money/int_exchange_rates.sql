-- Grain: one exchange rate: a currency in the half-open time of days in which one rate is in force.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- Rates are the company's: whichever account told one of a day last has the word. A rate of nothing is none.
told as (

    select
        rates.currency,
        rates.valid_from,
        rates.rate_to_reporting as rate,
        row_number() over (
            partition by rates.currency, rates.valid_from order by rates._loaded_at desc, rates._file desc, rates._line desc
        ) as recency
    from {{ ref('stg_generic__exchange_rates') }} as rates
    cross join run
    where rates.rate_to_reporting > 0 and rates.currency <> run.reporting_currency

),

unioned as (

    select currency, valid_from, rate from told where recency = 1
    union all
    select reporting_currency as currency, cast('1900-01-01' as date) as valid_from, cast(1 as decimal(18, 8)) as rate
    from run

),

final as (

    select
        currency,
        valid_from,
        lead(valid_from) over (partition by currency order by valid_from) as valid_until,
        rate
    from unioned

)

select * from final
