"""The statements of the checks that look for lost records; each names them, and a verdict is about them."""

from orchestration.expectations.sql import fill, literal

# How dense the numbers were before says which gaps are usual: helpdesks number what they never export, too.
IDS = """
with numbers as (
  select _account, try_cast(regexp_extract($number, '[0-9]+\\z') as bigint) as id,
    cast(min(_loaded_at) as date) as first_day
  from {batch} group by all
), newest as (
  select _account, max(first_day) as day from numbers where id is not null group by _account
), earlier as (
  select numbers._account, count(distinct id) as id_count, max(id) as highest, min(id) as lowest
  from numbers join newest on numbers._account = newest._account and first_day < day
  where id is not null group by all
), gaps as (
  select numbers._account, id,
    lag(id, 1, highest) over (partition by numbers._account order by id) as id_before,
    id_count, highest, lowest
  from numbers join earlier on numbers._account = earlier._account and id > highest
), judged as (
  select _account, max(id) - any_value(highest) as expected_count,
    max(id) - any_value(highest) - count(distinct id) as missing_count,
    min(case when id > id_before + 1 then id_before + 1 end) as first_missing,
    1 - any_value(id_count / (highest - lowest + 1)) as usual_share,
    any_value(id_count) as id_count
  from gaps group by _account
), told as (
  select *, id_count >= 50 and usual_share <= 0.5 and missing_count > 5
    and missing_count > (2 * usual_share + 0.05) * expected_count as is_lost
  from judged
)
select coalesce(not bool_or(is_lost), true) as passed,
  coalesce(
    string_agg(
      format('{{}}: {{:,}} of {{:,}} new numbers are missing, from {{}} on (usually {{:.1f}} %)', _account,
        missing_count, expected_count, first_missing, 100.0 * usual_share), '; ' order by _account)
      filter (is_lost),
    'no unusual gap') as observed
from told
"""

# An export is full by habit: the day before the newest brought nine of ten tickets that were known by then.
VANISHED = """
with records as (
  select _account as account, $number as ticket, cast(_loaded_at as date) as day, _file, _line,
    ($is_over) as is_over
  from {batch}
), days as (
  select distinct account, day from records
), ranked as (
  select *, row_number() over (partition by account order by day desc) as nth from days
), versions as (
  select * from records join ranked using (account, day)
), tickets as (
  select account, ticket, bool_or(nth = 1) as is_in_newest, bool_or(nth = 2) as is_in_previous,
    bool_or(nth > 2) as was_known, arg_min(is_over, nth) as is_over,
    arg_min(_file, nth) as last_file, arg_min(_line, nth) as last_line
  from versions group by all
), accounts as (
  select account from tickets group by account
  having count(*) filter (was_known) >= 10
    and count(*) filter (was_known and is_in_previous) >= 0.9 * count(*) filter (was_known)
), vanished as (
  select * from tickets
  where is_in_previous and not is_in_newest and not is_over and account in (select account from accounts)
)
"""
VANISHED_VERDICT = """
$vanished
select count(*) = 0 as passed,
  case when count(*) = 0 then 'none has vanished'
    else format('{{:,}} tickets of the export before are missing, for example {{}}', count(*),
      array_to_string(min(concat(last_file, ' line ', last_line), 3), '; '))
  end as observed
from vanished
"""

# The last two versions of a ticket that came on the newest day: whatever changed it has come since the first.
LOST_EVENTS = """
with newest as (
  select _account as account, max(cast(_loaded_at as date)) as day from {batch} group by all
), versions as (
  select _account as account, $number as ticket, $status as status, _loaded_at as loaded_at, _file, _line,
    row_number() over (partition by _account, $number order by _loaded_at desc, _line desc) as nth
  from {batch}
), changed as (
  select account, ticket, max(case when nth = 2 then loaded_at end) as known_at,
    max(case when nth = 1 then loaded_at end) as loaded_at,
    max(case when nth = 1 then _file end) as last_file, max(case when nth = 1 then _line end) as last_line
  from versions where nth <= 2
  group by account, ticket having count(distinct status) = 2
), judged as (
  select changed.*, not exists (
      select 1 from $changes as events
      where events._account = account and events.ticket_id = ticket and events._loaded_at >= known_at
    ) as is_lost
  from changed join newest using (account)
  where cast(changed.loaded_at as date) = newest.day and cast(known_at as date) < newest.day
    and exists (select 1 from $changes as events where events._account = account)
)
"""

LOST_REPLIES = """
with metrics as (
  select _account as account, ticket_id as ticket,
    try_cast(arg_max(replies, _loaded_at) as bigint) as replies,
    arg_max(_file, _loaded_at) as last_file, arg_max(_line, _loaded_at) as last_line
  from {batch} group by all
), comments as (
  select _account as account, ticket_id as ticket,
    count(distinct id) filter (lower(coalesce(public, '')) not in ('false', '0', 'no')) as public_count
  from raw_zendesk.ticket_comments group by all
), judged as (
  select metrics.*, coalesce(public_count, 0) as public_count, replies > coalesce(public_count, 0) as is_lost
  from metrics left join comments using (account, ticket)
  where account in (select account from comments) and replies is not null
)
"""

_VERDICT = """
$judged
select count(*) filter (is_lost) <= 0.01 * count(*) as passed,
  case when count(*) filter (is_lost) = 0 then format('none of {{:,}} {{}} lacks any', count(*), $what)
    else format('{{:,}} of {{:,}} {{}} lack some, for example {{}}',
      count(*) filter (is_lost), count(*), $what,
      array_to_string(min(case when is_lost then concat(last_file, ' line ', last_line) end, 3), '; '))
  end as observed
from judged
"""


def lost_verdict(judged: str, *, what: str) -> str:
    """A statement that at most one in a hundred of what was judged has lost something.

    Args:
        judged: A WITH clause that ends in ``judged``: ``is_lost``, ``last_file`` and ``last_line``.
        what: SQL text expression that says what they are.
    """
    return fill(_VERDICT, judged=judged, what=what)


LOST_REPLIES_VERDICT = lost_verdict(LOST_REPLIES, what=literal("tickets"))
