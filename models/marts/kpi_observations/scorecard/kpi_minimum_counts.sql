-- Grain: one KPI × statistic, with how many observations it takes to be shown.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

rules as (

    select * from {{ ref('dim_scorecard_rule') }}

),

statistics as (

    select distinct statistic from {{ ref('dim_statistic') }}

),

-- How many answers there are is told always; what they say only when there are some.
final as (

    select
        registry.kpi_id,
        statistics.statistic,
        case
            when concat(' ', registry.required_streams, ' ') like '% surveys %' and statistics.statistic not in ('count', 'sum')
                then rules.survey_minimum_n
            else 0
        end as minimum_n
    from registry
    cross join statistics
    cross join rules

)

select * from final
