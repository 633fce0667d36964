{{ config(severity='warn') }}
-- An answer outside its scale is in no score, nor is a rating outside its scale or without one: mend them at the source.
select 'surveys' as stream, source_account, count(*) as record_count
from {{ ref('int_survey_events') }}
where raw_score is not null and normalised_score is null
group by source_account
union all
select 'quality_reviews' as stream, source_account, count(*) as record_count
from {{ ref('stg_generic__quality_reviews') }}
where score is not null and not coalesce(scale_min < scale_max and score between scale_min and scale_max, false)
group by source_account
