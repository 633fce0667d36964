"""Statements about how a raw stream arrives over time: volume, freshness, re-delivery."""

from collections.abc import Sequence

from orchestration.expectations.sql import fill, identifier

# The median, not the mean: after a first load of years of history every ordinary night would look small. And
# that of the same weekday, once there are three: less is usual on Sundays, and a Sunday's on a Monday a loss.
# Before there are three days nothing is usual: the first of them may be the history.
_VOLUME = """
with days as (
  select _account, cast(_loaded_at as date) as day, count(*) as loaded_count
  from {batch} group by all
), ranked as (
  select *, max(day) over (partition by _account) as newest_day from days
), marked as (
  select *, day < newest_day as is_earlier,
    day < newest_day and day >= newest_day - 56 and dayofweek(day) = dayofweek(newest_day) as is_alike
  from ranked
), accounts as (
  select _account,
    max(case when not is_earlier then loaded_count end) as newest_count,
    count(*) filter (is_earlier) as earlier_count,
    count(*) filter (is_alike) >= 3 as is_by_weekday,
    case when is_by_weekday then median(loaded_count) filter (is_alike)
      when earlier_count >= 3 then median(loaded_count) filter (is_earlier) end as usual_count
  from marked group by _account
)
select coalesce(bool_and(usual_count is null or newest_count >= 0.5 * usual_count), true) as passed,
  coalesce(
    string_agg(
      case when usual_count is null then format('{{}}: {{:,}} rows, {{}}', _account, newest_count,
          case when earlier_count = 0 then 'no earlier load' else 'too few earlier days to compare with' end)
        else format('{{}}: {{:,}} rows, usually {{:,}}{{}}', _account, newest_count,
          cast(usual_count as bigint), case when is_by_weekday then ' on that weekday' else '' end)
      end, '; ' order by _account),
    'stream absent') as observed
from accounts
"""

# Instants of the future are left out: one wrong year must not make a stale stream look fresh.
_FRESHNESS = """
with accounts as (
  select _account,
    max($event_time) filter ($event_time <= (select as_of + interval 1 day from run)) as newest
  from {batch} group by _account
), aged as (
  select *, date_diff('second', newest, (select as_of from run)) / 86400.0 as age_in_days from accounts
)
select coalesce(bool_and(coalesce(age_in_days <= (select freshness_days from run), false)), true) as passed,
  coalesce(
    string_agg(
      case when newest is null then format('{{}}: no instant up to as-of', _account)
        else format('{{}}: newest {{}} UTC, {{:.1f}} days before as-of', _account,
          cast(date_trunc('second', newest) as varchar), greatest(age_in_days, 0))
      end, '; ' order by _account),
    'stream absent') as observed
from aged
"""

_REDELIVERY = """
with counted as (
  select count(*) as total, count(distinct hash($columns)) as distinct_count from {batch}
)
select total - distinct_count <= 0.5 * total as passed,
  case when total = 0 then 'stream absent'
    else format('{{:,}} of {{:,}} rows repeat an earlier one ({{:.1f}} %)',
      total - distinct_count, total, 100.0 * (total - distinct_count) / total)
  end as observed
from counted
"""


def volume_statement() -> str:
    """Per account, the newest day of loads against the median of that weekday, or of all earlier days."""
    return _VOLUME


def freshness_statement(event_time: str) -> str:
    """Per account, the age of the newest event.

    Args:
        event_time: SQL expression of a UTC timestamp.
    """
    return fill(_FRESHNESS, event_time=event_time)


def redelivery_statement(columns: Sequence[str]) -> str:
    """The share of rows that equal another in all the given columns."""
    return fill(_REDELIVERY, columns=", ".join(identifier(column) for column in columns))
