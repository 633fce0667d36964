-- Grain: one KPI of types that come, go or spike × period from the first in which it can be told.
with

history as (

    select * from {{ ref('ticket_type_history') }}

),

starts as (

    select min(history_starts_on) as history_starts_on from history having min(history_starts_on) is not null

),

-- A new type needs four weeks of history before it, one that vanishes or spikes eight.
measurable as (

    select
        'new_ticket_types' as kpi_id, {{ days_after('history_starts_on', 28) }} as first_measured_on
    from starts
    union all
    select
        'vanishing_types' as kpi_id, {{ days_after('history_starts_on', 56) }} as first_measured_on
    from starts
    union all
    select
        'type_spike' as kpi_id, {{ days_after('history_starts_on', 56) }} as first_measured_on
    from starts

),

spine as (

    select measurable.kpi_id, periods.period_grain, periods.period_start, periods.is_over
    from measurable
    inner join {{ ref('bridge_date_period') }} as periods on measurable.first_measured_on <= periods.date_day
    group by measurable.kpi_id, periods.period_grain, periods.period_start, periods.is_over

),

found as (

    select 'new_ticket_types' as kpi_id, first_seen_on as found_on, ticket_type as subject, is_undecided
    from history
    where was_new or is_undecided
    union all
    select 'vanishing_types' as kpi_id, vanishing_on as found_on, ticket_type as subject, false as is_undecided
    from {{ ref('vanishing_ticket_types') }}
    union all
    select
        'type_spike' as kpi_id, spiked_on as found_on,
        {{ surrogate_key(['spiked_on', 'ticket_type']) }} as subject,
        false as is_undecided
    from {{ ref('ticket_type_spikes') }}

),

-- A type that vanishes twice in a year vanished; each day that it spikes is a spike.
counted as (

    select
        found.kpi_id,
        periods.period_grain,
        periods.period_start,
        count(distinct case when not found.is_undecided then found.subject end) as found_count,
        count(distinct case when found.is_undecided then found.subject end) as undecided_count
    from found
    inner join {{ ref('bridge_date_period') }} as periods on found.found_on = periods.date_day
    group by found.kpi_id, periods.period_grain, periods.period_start

),

final as (

    select
        spine.kpi_id,
        'default' as variant,
        'created' as attribution,
        'count' as statistic,
        'none' as clock,
        spine.period_grain,
        spine.period_start,
        'all' as slice,
        'all' as slice_value,
        cast(coalesce(counted.found_count, 0) as double) as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(coalesce(counted.found_count, 0) as bigint) as n,
        cast(coalesce(counted.undecided_count, 0) as bigint) as n_censored,
        spine.is_over and coalesce(counted.undecided_count, 0) = 0 as is_complete
    from spine
    left join counted
        on spine.kpi_id = counted.kpi_id
            and spine.period_grain = counted.period_grain
            and spine.period_start = counted.period_start

)

select * from final
