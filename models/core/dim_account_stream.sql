-- Grain: one stream of the open format that an account has: its own, or another's where its system delivers none.
with

streams as (

    select * from {{ ref('stg_warehouse__streams') }}

),

feeds as (

    select * from {{ ref('stream_feeds') }}

),

fed as (

    select streams.source_system, streams.source_account, feeds.feeds as stream, sum(streams.record_count) as record_count
    from streams
    inner join feeds on streams.source_system = feeds.source_system and streams.stream = feeds.stream
    group by streams.source_system, streams.source_account, feeds.feeds

),

accounts as (

    select distinct source_system, source_account from streams

),

present as (

    select stream, sum(record_count) as record_count from fed where record_count > 0 group by stream

),

deliverable as (

    select distinct source_system, feeds as stream from feeds

),

-- Shifts of a helpdesk that knows none come with an account of the open format.
borrowed as (

    select accounts.source_system, accounts.source_account, present.stream, present.record_count
    from accounts
    cross join present
    left join deliverable
        on accounts.source_system = deliverable.source_system and present.stream = deliverable.stream
    where deliverable.stream is null

),

final as (

    select source_system, source_account, stream, true as is_own, cast(record_count as bigint) as record_count from fed
    union all
    select source_system, source_account, stream, false as is_own, cast(record_count as bigint) as record_count from borrowed

)

select * from final
