-- Grain: one ended journey × KPI of its effort; an abandoned one has none, and is censored.
with

journeys as (

    select *, state = 'completed' as is_completed from {{ ref('fct_journeys') }} where state <> 'started'

),

unioned as (

    select
        'effort_screens' as kpi_id, 'distribution' as measure, case when is_completed then screen_count end as numerator, *
    from journeys
    union all
    select
        'effort_clicks' as kpi_id, 'distribution' as measure, case when is_completed then click_count end as numerator, *
    from journeys
    union all
    select
        'one_click_completion_rate' as kpi_id, 'rate' as measure,
        case when click_count <= 1 then 1 else 0 end as numerator,
        *
    from journeys
    where is_completed

),

final as (

    select
        kpi_id,
        'default' as variant,
        'event' as attribution,
        'none' as clock,
        measure,
        ended_on as observed_on,
        journey_key as subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(numerator as double) as numerator,
        cast(case when is_completed then 1.0 end as double) as denominator,
        not is_completed as is_censored,
        false as is_immature
    from unioned

)

select * from final
