-- Grain: one account × figure × clock that both a helpdesk and the warehouse count per ticket.
with

figures as (

    select * from {{ ref('vendor_time_reconciliation') }}

),

final as (

    select
        source_system,
        source_account,
        figure,
        clock,
        count(*) as n,
        cast(sum(case when verdict = 'equal' then 1 else 0 end) as bigint) as equal_count,
        cast(sum(case when verdict = 'explained' then 1 else 0 end) as bigint) as explained_count,
        cast(sum(case when verdict = 'unexplained' then 1 else 0 end) as bigint) as unexplained_count,
        cast(
            percentile_cont(0.5) within group (order by cast(coalesce(difference_minutes, difference_count) as double)) as double
        ) as median_difference
    from figures
    group by source_system, source_account, figure, clock

)

select * from final
