-- Grain: one ticket, with the business seconds of its life in each schedule mode; NULL where its history does not tell.
{%- set modes = ['', '_at_event', '_at_creation'] %}
with

states as (

    select ticket_key, is_time_unknown from {{ ref('int_ticket_current_states') }}

),

lifecycles as (

    select ticket_key, solved_at is not null as is_solved from {{ ref('int_ticket_lifecycles') }}

),

first_times as (

    select * from {{ ref('int_ticket_first_times') }}

),

counted as (

    select
        ticket_key
        {%- for mode in modes %}
        {%- for status in ['new', 'open', 'pending', 'hold', 'solved_gap', 'deleted_gap'] %},
        sum(case when counted_as = '{{ status }}' then business_seconds{{ mode }} else 0 end) as {{ status }}{{ mode }}
        {%- endfor %}
        {%- endfor %}
    from {{ ref('int_ticket_stretches') }}
    group by ticket_key

),

-- A ticket deleted at its creation has no spells: it spent no time anywhere.
known as (

    select
        states.ticket_key,
        states.is_time_unknown,
        coalesce(lifecycles.is_solved, false) as is_solved
        {%- for mode in modes %}
        {%- for status in ['new', 'open', 'pending', 'hold', 'solved_gap', 'deleted_gap'] %},
        case when not states.is_time_unknown then coalesce(counted.{{ status }}{{ mode }}, 0) end as {{ status }}{{ mode }}
        {%- endfor %}
        {%- endfor %}
    from states
    left join lifecycles on states.ticket_key = lifecycles.ticket_key
    left join counted on states.ticket_key = counted.ticket_key

),

resolved as (

    select
        *
        {%- for mode in modes %},
        case
            when is_solved
                then new{{ mode }} + open{{ mode }} + pending{{ mode }} + hold{{ mode }} + solved_gap{{ mode }} + deleted_gap{{ mode }}
        end as full_resolution{{ mode }}
        {%- endfor %}
    from known

),

final as (

    select
        resolved.ticket_key
        {%- for mode in modes %},
        cast(first_times.first_response_business_seconds{{ mode }} as bigint) as first_response_business_seconds{{ mode }},
        cast(first_times.first_resolution_business_seconds{{ mode }} as bigint) as first_resolution_business_seconds{{ mode }},
        cast(full_resolution{{ mode }} as bigint) as full_resolution_business_seconds{{ mode }},
        cast(new{{ mode }} as bigint) as new_business_seconds{{ mode }},
        cast(open{{ mode }} as bigint) as open_business_seconds{{ mode }},
        cast(pending{{ mode }} as bigint) as pending_business_seconds{{ mode }},
        cast(hold{{ mode }} as bigint) as hold_business_seconds{{ mode }},
        cast(solved_gap{{ mode }} as bigint) as solved_gap_business_seconds{{ mode }},
        cast(deleted_gap{{ mode }} as bigint) as deleted_gap_business_seconds{{ mode }},
        cast(full_resolution{{ mode }} - pending{{ mode }} as bigint) as resolution_ex_pending_business_seconds{{ mode }},
        cast(full_resolution{{ mode }} - hold{{ mode }} as bigint) as resolution_ex_hold_business_seconds{{ mode }},
        cast(full_resolution{{ mode }} - pending{{ mode }} - hold{{ mode }} as bigint)
            as resolution_ex_pending_and_hold_business_seconds{{ mode }},
        cast(new{{ mode }} + open{{ mode }} + hold{{ mode }} as bigint) as requester_wait_business_seconds{{ mode }},
        cast(pending{{ mode }} as bigint) as agent_wait_business_seconds{{ mode }},
        cast(new{{ mode }} + open{{ mode }} as bigint) as agent_work_business_seconds{{ mode }}
        {%- endfor %}
    from resolved
    left join first_times on resolved.ticket_key = first_times.ticket_key

)

select * from final
