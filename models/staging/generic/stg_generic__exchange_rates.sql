-- Grain: one exchange rate: a currency from a day on, as it landed last.
with

source as (

    select * from {{ source('generic', 'exchange_rates') }}

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        cast(trim(source.date) as date) as valid_from,
        upper(nullif(trim(source.currency), '')) as currency,
        cast(nullif(trim(source.rate_to_reporting), '') as decimal(18, 8)) as rate_to_reporting,
        source._loaded_at,
        source._file,
        source._line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'valid_from', 'currency']) }}

)

select * from final
