-- Grain: one observation of one KPI on a reporting day, with its value in every slice: what MetricFlow adds up.
with

cases as (

    select * from {{ ref('kpi_cases') }}

),

-- No period is told before the first day.
days as (

    select date_day from {{ ref('dim_date') }}

),

final as (

    select
        cases.kpi_id,
        cases.variant,
        cases.attribution,
        cases.clock,
        cases.measure,
        cases.observed_on,
        cases.subject_key,
        cases.agent_key,
        cases.source_system,
        cases.channel,
        {{ slice_label('team') }} as team,
        {{ slice_label('agent') }} as agent,
        {{ slice_label('priority') }} as priority,
        cases.ticket_type,
        cases.numerator,
        cases.denominator
    from cases
    inner join days on cases.observed_on = days.date_day

)

select * from final
