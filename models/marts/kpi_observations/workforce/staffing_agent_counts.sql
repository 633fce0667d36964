-- Grain: one number of agents, from 0 to 9,999, with the logarithm of its factorial.
with

digits as (

    select numbers.digit from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as numbers (digit)

),

counts as (

    select cast(ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as bigint) as agents
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands

),

final as (

    select
        agents,
        sum(ln(cast(greatest(agents, 1) as double))) over (
            order by agents rows between unbounded preceding and current row
        ) as log_factorial
    from counts

)

select * from final
