-- Grain: one phone call in which an agent took part, with who answered it and who had it last, as its legs tell.
with

legs as (

    select *
    from {{ ref('int_call_legs') }}
    where leg_type = 'agent' and outcome = 'answered'

),

-- Who was only consulted never had the call.
holders as (

    select
        *,
        row_number() over (partition by call_key order by started_at, call_leg_id) as place,
        row_number() over (partition by call_key order by started_at desc, call_leg_id desc) as place_from_last
    from legs
    where agent_id is not null and coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0) > 0

),

ends as (

    select
        call_key,
        max(case when place = 1 then agent_id end) as first_agent_id,
        max(case when place_from_last = 1 then agent_id end) as last_agent_id
    from holders
    group by call_key

),

-- Work after a call is the agents' own, and adds up; talk does not (E21).
work as (

    select call_key, sum(wrap_up_seconds) as wrap_up_seconds
    from legs
    group by call_key

),

final as (

    select
        work.call_key,
        ends.first_agent_id,
        ends.last_agent_id,
        cast(work.wrap_up_seconds as bigint) as wrap_up_seconds
    from work
    left join ends on work.call_key = ends.call_key

)

select * from final
