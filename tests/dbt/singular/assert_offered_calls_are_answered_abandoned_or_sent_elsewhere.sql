-- Every inbound call is in one part: answered + abandoned + missed + sent elsewhere are the offered, blocked ones and
-- those nobody was to answer are outside.
with

counted as (

    select
        source_system,
        source_account,
        started_on,
        sum(case when is_offered then 1 else 0 end) as offered_count,
        sum(case when outcome = 'answered' then 1 else 0 end) as answered_count,
        sum(case when outcome in ('abandoned_in_ivr', 'abandoned_in_queue', 'abandoned_on_hold') then 1 else 0 end) as abandoned_count,
        sum(case when is_abandoned then 1 else 0 end) as flagged_abandoned_count,
        sum(case when outcome in ('missed', 'voicemail', 'callback', 'overflowed') then 1 else 0 end) as elsewhere_count,
        sum(case when outcome in ('blocked', 'outside_hours', 'unknown') then 1 else 0 end) as outside_count,
        count(*) as inbound_count
    from {{ ref('fct_calls') }}
    where direction = 'inbound'
    group by source_system, source_account, started_on

)

select *
from counted
where offered_count <> answered_count + abandoned_count + elsewhere_count
    or inbound_count <> offered_count + outside_count
    or abandoned_count <> flagged_abandoned_count
