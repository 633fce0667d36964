-- Grain: one ledger line: a month, category, nature, currency and team, as it landed last.
with

source as (

    select * from {{ source('generic', 'costs') }}

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        cast({{ dbt.date_trunc('month', "cast(trim(source.month) as date)") }} as date) as cost_month,
        nullif(trim(source.category), '') as category,
        lower(nullif(trim(source.nature), '')) as nature,
        cast(nullif(trim(source.amount), '') as decimal(18, 4)) as amount,
        upper(nullif(trim(source.currency), '')) as currency,
        nullif(trim(source.team), '') as team,
        source._loaded_at,
        source._file,
        source._line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'cost_month', 'category', 'nature', 'currency', 'team']) }}

)

select * from final
