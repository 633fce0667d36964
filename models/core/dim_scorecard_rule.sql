-- Grain: one row, what helpdesk.toml says of the scorecard.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select survey_minimum_n, benchmark_industry from run

)

select * from final
