-- Grain: one figure of what was created and left unsolved in a period × slice value × period.
with

slices as (

    select * from {{ ref('kpi_registry_slices') }} where kpi_id = 'backlog_unfulfilled_in_period'

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

period_ends as (

    select period_grain, period_start, max(date_day) as period_end_on from periods group by period_grain, period_start

),

created as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'created' and is_countable

),

-- The next spell of a ticket begins where one ends, or later when it lay deleted.
spells as (

    select *, lead(started_on) over (partition by ticket_key order by started_at) as next_started_on
    from {{ ref('fct_ticket_spells') }}

),

unsolved as (

    select * from spells
    where status not in ('solved', 'closed')
        and (next_started_on is null or next_started_on > started_on)

),

left_over as (

    select
        periods.period_grain,
        periods.period_start,
        created.source_system,
        created.channel,
        created.team,
        created.agent_key,
        created.priority,
        created.ticket_type
    from created
    inner join periods on created.observed_on = periods.date_day
    inner join period_ends
        on periods.period_grain = period_ends.period_grain and periods.period_start = period_ends.period_start
    inner join unsolved
        on created.ticket_key = unsolved.ticket_key
            and period_ends.period_end_on >= unsolved.started_on
            and (unsolved.next_started_on is null or period_ends.period_end_on < unsolved.next_started_on)

),

counted as (

    select period_grain, period_start, slice, slice_value, count(*) as ticket_count
    from (
        select
            left_over.*,
            slices.slice,
            {{ slice_value() }} as slice_value
        from left_over
        cross join slices
    )
    group by period_grain, period_start, slice, slice_value

),

filled as (

    select
        spine.period_grain,
        spine.period_start,
        spine.is_over,
        spine.slice,
        spine.slice_value,
        cast(coalesce(counted.ticket_count, 0) as double) as left_count,
        cast(coalesce(aggregates.numerator, 0) as double) as created_count
    from {{ ref('kpi_periods') }} as spine
    inner join slices on spine.slice = slices.slice
    left join {{ ref('kpi_period_aggregates') }} as aggregates
        on spine.period_grain = aggregates.period_grain
            and spine.period_start = aggregates.period_start
            and spine.slice = aggregates.slice
            and spine.slice_value = aggregates.slice_value
            and aggregates.kpi_id = 'tickets_created'
    left join counted
        on spine.period_grain = counted.period_grain
            and spine.period_start = counted.period_start
            and spine.slice = counted.slice
            and spine.slice_value = counted.slice_value
    where spine.kpi_id = 'tickets_created'

),

final as (

    select
        'backlog_unfulfilled_in_period' as kpi_id,
        'default' as variant,
        'created' as attribution,
        'count' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        left_count as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(created_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from filled
    union all
    select
        'backlog_unfulfilled_in_period' as kpi_id,
        'share' as variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        left_count / nullif(created_count, 0) as value,
        left_count as numerator,
        created_count as denominator,
        cast(created_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from filled

)

select * from final
