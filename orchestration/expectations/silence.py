"""A stream that usually comes and has not: what a check of the stream's own table cannot see."""

from orchestration.expectations.declarations import Check

# A habit is nine of ten of the account's last 14 days of deliveries, or the last four of the same weekday.
# Days on which nothing at all came tell nothing of one stream; what has been away for 30 has ended for good.
_SILENCE = """
with arrivals as (
  select source_system, source_account, stream, cast(loaded_at as date) as day
  from meta.loads where status = 'landed' and rows_landed > 0 group by all
), days as (
  select distinct source_system, source_account, day from arrivals
), newest as (
  select source_system, source_account, max(day) as newest_day from days group by all
), missing as (
  select source_system, source_account, stream, max(day) as last_day, newest_day
  from arrivals join newest using (source_system, source_account)
  group by all having max(day) < newest_day
), looked_at as (
  select missing.*, arrivals.day is not null as has_come,
    dayofweek(days.day) = dayofweek(newest_day) as is_weekday,
    row_number() over (partition by missing.source_system, missing.source_account, missing.stream
      order by days.day desc) as nth,
    row_number() over (partition by missing.source_system, missing.source_account, missing.stream, is_weekday
      order by days.day desc) as nth_alike
  from missing
  join days using (source_system, source_account)
  left join arrivals using (source_system, source_account, stream, day)
  where days.day <= last_day
), habits as (
  select source_system, source_account, stream, last_day,
    count(*) filter (nth <= 14) as day_count,
    count(*) filter (nth <= 14 and has_come) as come_count,
    count(*) filter (is_weekday and nth_alike <= 4) as weekday_count,
    count(*) filter (is_weekday and nth_alike <= 4 and has_come) as weekday_come_count
  from looked_at group by all
), silent as (
  select concat(source_system, '@', source_account, '/', stream) as stream, last_day,
    (select count(*) from days where days.source_system = habits.source_system
      and days.source_account = habits.source_account and days.day > last_day) as silent_count
  from habits
  where (day_count >= 5 and come_count >= 0.9 * day_count)
    or (weekday_count >= 3 and weekday_come_count = weekday_count)
)
select count(*) = 0 as passed,
  coalesce(
    string_agg(
      format('{{}}: nothing since {{}}, on {{:,}} days of deliveries', stream, cast(last_day as varchar),
        silent_count), '; ' order by stream),
    'every stream that usually comes has come') as observed
from silent
where silent_count <= 30 and (select count(*) from {batch}) >= 0
"""


def silence_check() -> Check:
    """The check over all streams of all accounts; it stands beside the list of streams."""
    return Check(
        "meta.streams",
        "no_stream_fell_silent",
        "warning",
        "On days when an account delivers, so do the streams that usually come with the rest.",
        query=_SILENCE,
    )
