-- Grain: one day × ticket type with more tickets than the same weekday of the eight weeks before explains.
with

daily as (

    select ticket_type, created_on, count(*) as ticket_count
    from {{ ref('fct_tickets') }}
    where is_countable and ticket_type <> 'unknown'
    group by ticket_type, created_on

),

-- Two tickets are never a spike, by any of the rules below.
candidates as (

    select daily.ticket_type, daily.created_on, daily.ticket_count
    from daily
    inner join {{ ref('ticket_type_history') }} as history on daily.ticket_type = history.ticket_type
    where daily.ticket_count >= 3
        and daily.created_on >= {{ days_after('history.history_starts_on', 56) }}

),

numbers as (

    select row_number() over (order by date_day) - 1 as number
    from (select {{ date_sequence("'2000-01-01'", "'2000-12-31'") }} as date_day)

),

-- A weekday without such tickets is a zero, not missing.
weekdays as (

    select
        candidates.ticket_type,
        candidates.created_on,
        candidates.ticket_count,
        cast(coalesce(daily.ticket_count, 0) as double) as usual_count
    from candidates
    inner join numbers on numbers.number between 1 and 8
    left join daily
        on candidates.ticket_type = daily.ticket_type
            and {{ days_after('candidates.created_on', '-7 * numbers.number') }} = daily.created_on

),

medians as (

    select
        ticket_type,
        created_on,
        ticket_count,
        avg(usual_count) as mean_count,
        percentile_cont(0.5) within group (order by usual_count) as median_count
    from weekdays
    group by ticket_type, created_on, ticket_count

),

deviations as (

    select
        weekdays.ticket_type,
        weekdays.created_on,
        percentile_cont(0.5) within group (order by abs(weekdays.usual_count - medians.median_count)) as mad
    from weekdays
    inner join medians
        on weekdays.ticket_type = medians.ticket_type and weekdays.created_on = medians.created_on
    group by weekdays.ticket_type, weekdays.created_on

),

-- 1.4826 MADs are one standard deviation of normal counts; where all weeks were alike, Poisson's is the root.
expected as (

    select
        medians.*,
        medians.median_count < 10 as is_small,
        greatest(medians.mean_count, 0.125) as poisson_mean,
        case when deviations.mad > 0 then 1.4826 * deviations.mad else sqrt(medians.median_count) end as scale
    from medians
    inner join deviations
        on medians.ticket_type = deviations.ticket_type and medians.created_on = deviations.created_on

),

log_factorials as (

    select
        number,
        sum(case when number > 0 then ln(number) else 0.0 end) over (
            order by number rows between unbounded preceding and current row
        ) as log_factorial
    from numbers

),

tails as (

    select
        expected.ticket_type,
        expected.created_on,
        greatest(
            1.0 - sum(
                exp(log_factorials.number * ln(expected.poisson_mean) - expected.poisson_mean - log_factorials.log_factorial)
            ),
            0.0
        ) as tail_probability
    from expected
    inner join log_factorials on expected.ticket_count > log_factorials.number
    where expected.is_small
    group by expected.ticket_type, expected.created_on

),

final as (

    select
        expected.ticket_type,
        expected.created_on as spiked_on,
        cast(expected.ticket_count as bigint) as ticket_count,
        cast(expected.median_count as double) as median_ticket_count,
        case when expected.is_small then 'poisson' else 'mad' end as method,
        case when not expected.is_small then cast((expected.ticket_count - expected.median_count) / expected.scale as double) end
            as z_score,
        cast(tails.tail_probability as double) as tail_probability
    from expected
    left join tails on expected.ticket_type = tails.ticket_type and expected.created_on = tails.created_on
    where (not expected.is_small and (expected.ticket_count - expected.median_count) / expected.scale > 3)
        or tails.tail_probability < 0.00135

)

select * from final
