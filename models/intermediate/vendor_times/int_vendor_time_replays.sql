-- Grain: one ticket × figure: what the warehouse's events give by the helpdesk's rules, in the helpdesk's minutes.
with

intervals as (

    select
        ticket_key,
        figure,
        not_counting_reason,
        cast({{ dbt.date_trunc('minute', 'started_at') }} as timestamp) as started_at,
        cast({{ dbt.date_trunc('minute', 'ended_at') }} as timestamp) as ended_at,
        judged_at
    from (
        select ticket_key, figure, started_at, ended_at, judged_at, cast(null as {{ dbt.type_string() }}) as not_counting_reason
        from {{ ref('int_vendor_status_intervals') }}
        union all
        select ticket_key, figure, started_at, ended_at, judged_at, not_counting_reason
        from {{ ref('int_vendor_reply_intervals') }}
    )

),

measured as (

    {{ in_business_time('intervals') }}

),

-- The first schedule begins within a minute, at the creation: a ticket of that minute may have nothing under it.
final as (

    select
        ticket_key,
        figure,
        max(not_counting_reason) as not_counting_reason,
        cast(floor(sum({{ seconds_between('started_at', 'ended_at') }}) / 60) as bigint) as calendar_minutes,
        cast(floor(sum(coalesce(business_seconds_at_event, 0)) / 60) as bigint) as business_minutes,
        cast(floor(sum(coalesce(business_seconds, 0)) / 60) as bigint) as cumulative_business_minutes,
        cast(floor(sum(coalesce(business_seconds_at_creation, 0)) / 60) as bigint) as business_minutes_at_creation
    from measured
    group by ticket_key, figure

)

select * from final
