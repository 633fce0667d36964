-- A stream that nothing feeds keeps its KPI silent for ever.
with

required as (

    select kpi_id, {{ each_part("replace(replace(required_streams, '|', ','), ' ', ',')") }} as stream from {{ ref('kpi_registry') }}

)

select required.kpi_id, required.stream
from required
left join {{ ref('stream_feeds') }} as feeds on required.stream = feeds.stream and feeds.source_system = 'generic'
where feeds.stream is null
