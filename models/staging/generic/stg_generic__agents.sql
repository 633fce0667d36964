-- Grain: one version of an agent, in its latest version.
with

source as (

    select * from {{ source('generic', 'agents') }}

),

accounts as (

    select * from {{ ref('stg_warehouse__accounts') }} where source_system = 'generic'

),

renamed as (

    select
        'generic' as source_system,
        source._account as source_account,
        nullif(trim(source.agent_id), '') as agent_id,
        nullif(trim(source.name), '') as agent_name,
        nullif(trim(source.email), '') as email,
        nullif(trim(source.role), '') as role,
        nullif(trim(source.tier), '') as tier,
        nullif(trim(source.group_id), '') as group_id,
        coalesce(cast(nullif(trim(source.active), '') as boolean), true) as is_active,
        coalesce(cast(nullif(trim(source.is_trainer), '') as boolean), false) as is_trainer,
        cast(nullif(trim(source.hired_on), '') as date) as hired_on,
        cast(nullif(trim(source.in_training_until), '') as date) as in_training_until,
        {{ iso_to_utc('source.valid_from', 'accounts.time_zone') }} as valid_from,
        source._loaded_at,
        source._file,
        source._line
    from source
    left join accounts on source._account = accounts.source_account

),

final as (

    {{ latest_version('renamed', ['source_account', 'agent_id', 'valid_from']) }}

)

select * from final
