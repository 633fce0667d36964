-- Grain: one target of one version of an SLA policy, as it landed last.
with

source as (

    select * from {{ source('generic', 'sla_policies') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.policy_id), '') as policy_id,
        nullif(trim(source.name), '') as policy_name,
        cast(nullif(trim(source.position), '') as bigint) as position,
        lower(trim(source.metric)) as metric,
        lower(nullif(trim(source.priority), '')) as priority,
        nullif(trim(source.group_id), '') as group_id,
        cast(nullif(trim(source.target_seconds), '') as bigint) as target_seconds,
        lower(trim(source.clock)) as clock,
        {{ iso_to_utc('source.valid_from', 'accounts.time_zone') }} as valid_from_at,
        -- A date is the last day, so the version ends at the next local midnight; no time of day is that short.
        case
            when length(trim(source.valid_to)) <= 10
                then
                    {{ local_to_utc(
                        seconds_after('cast(try_cast(trim(source.valid_to) as date) as timestamp)', 86400), 'accounts.time_zone'
                    ) }}
            else {{ iso_to_utc('source.valid_to', 'accounts.time_zone') }}
        end as valid_until_at,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'policy_id', 'metric', 'priority', 'group_id', 'valid_from_at']) }}

)

select * from final
