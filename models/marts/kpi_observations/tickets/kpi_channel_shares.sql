-- Grain: one channel × period, with its share of the contacts of all channels.
with

spine as (

    select * from {{ ref('kpi_periods') }} where kpi_id = 'contact_volume_by_channel' and slice = 'channel'

),

contacts as (

    select * from {{ ref('kpi_period_aggregates') }} where kpi_id = 'contact_volume_by_channel' and slice = 'channel'

),

counted as (

    select
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        spine.is_over,
        coalesce(contacts.numerator, 0) as contact_count,
        sum(coalesce(contacts.numerator, 0)) over (partition by spine.period_grain, spine.period_start) as all_contact_count
    from spine
    left join contacts
        on spine.period_grain = contacts.period_grain
            and spine.period_start = contacts.period_start
            and spine.slice_value = contacts.slice_value

),

final as (

    select
        'contact_volume_by_channel' as kpi_id,
        'share' as variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        contact_count / nullif(all_contact_count, 0) as value,
        contact_count as numerator,
        all_contact_count as denominator,
        cast(all_contact_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from counted

)

select * from final
