-- Grain: one part of a phone call, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'call_legs') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- The API writes 0 for nobody.
renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as call_leg_id,
        trim(call_id) as call_id,
        nullif(nullif(trim(agent_id), ''), '0') as agent_id,
        nullif(nullif(trim(user_id), ''), '0') as user_id,
        lower(trim(source.type)) as leg_type,
        nullif(trim(completion_status), '') as completion_status,
        {{ iso_to_utc('created_at', "'UTC'") }} as started_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        cast(nullif(trim(duration), '') as bigint) as leg_seconds,
        cast(nullif(trim(talk_time), '') as bigint) as talk_seconds,
        cast(nullif(trim(hold_time), '') as bigint) as hold_seconds,
        cast(nullif(trim(wrap_up_time), '') as bigint) as wrap_up_seconds,
        cast(nullif(trim(consultation_time), '') as bigint) as consultation_seconds,
        cast(nullif(trim(conference_time), '') as bigint) as conference_seconds,
        nullif(nullif(trim(transferred_from), ''), '0') as transferred_from,
        nullif(nullif(trim(transferred_to), ''), '0') as transferred_to,
        nullif(trim(available_via), '') as available_via,
        cast(nullif(trim(call_charge), '') as decimal(18, 4)) as call_charge,
        cast(nullif(trim(minutes_billed), '') as bigint) as billed_minutes,
        _loaded_at,
        _file,
        _line
    from source

),

-- As of an earlier day the version of that day counts.
known as (

    select
        renamed.*,
        coalesce(renamed.updated_at, renamed.started_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'call_leg_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
