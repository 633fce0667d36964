-- Grain: one observation of the net promoter score: the latest answer of one customer in one quarter.
with

surveys as (

    select * from {{ ref('kpi_surveys') }} where nps_category is not null

),

days as (

    select date_day, quarter_start from {{ ref('dim_date') }}

),

ranked as (

    select
        surveys.*,
        row_number() over (
            partition by surveys.answering_key, days.quarter_start
            order by surveys.responded_at desc, surveys.survey_key desc
        ) as recency
    from surveys
    inner join days on surveys.responded_on = days.date_day

),

answers as (

    select * from ranked where recency = 1

),

observed as (

    select
        'default' as variant, 'net_promoter' as measure,
        case nps_category when 'promoter' then 1.0 when 'detractor' then -1.0 else 0.0 end as value, *
    from answers
    union all
    select
        'promoters' as variant, 'rate' as measure, case nps_category when 'promoter' then 1.0 else 0.0 end as value, *
    from answers
    union all
    select 'passives' as variant, 'rate' as measure, case nps_category when 'passive' then 1.0 else 0.0 end as value, *
    from answers
    union all
    select
        'detractors' as variant, 'rate' as measure, case nps_category when 'detractor' then 1.0 else 0.0 end as value, *
    from answers

),

final as (

    select
        'nps' as kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        measure,
        responded_on as observed_on,
        answering_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(value as double) as numerator,
        cast(1.0 as double) as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
