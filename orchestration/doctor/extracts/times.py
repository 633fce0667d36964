"""Are the times of records said with their zone, fresh, and not of the future?"""

from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from itertools import groupby

from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.extracts.looking import look
from orchestration.doctor.extracts.opening import FileLook
from orchestration.doctor.extracts.streams import stream_name
from orchestration.doctor.finding import Finding, note, ok

_SHOWN = 4


def findings(case: Case) -> Iterator[Finding]:
    """Per account: times without an offset, old newest records, records of the future."""
    timed = [each for each in look(case).files if each.instants]
    for account, group in groupby(timed, key=lambda each: (each.extract.system, each.extract.account)):
        members = list(group)
        found = [*_zones(account, members, case), *_ages(account, members, case), *_future(members)]
        yield from found
        if not found:
            yield ok(f"{'@'.join(account)}: nothing odd about the times that were read")


def _zones(account: tuple[str, str], members: list[FileLook], case: Case) -> Iterator[Finding]:
    name, settings = "@".join(account), settings_of(case)
    streams = _names(each for each in members if each.instants and each.instants.zoneless_count)
    zone = settings.account(*account).time_zone
    if streams and name not in settings.accounts:
        yield note(
            f"{name}: times without an offset are read as {zone}: {_some(streams)}",
            f'if that is wrong, or to say that it is right: [accounts."{name}"] time_zone in helpdesk.toml',
        )
    elif streams:
        yield ok(f"{name}: times without an offset are read as {zone}, as helpdesk.toml says")


def _ages(account: tuple[str, str], members: list[FileLook], case: Case) -> Iterator[Finding]:
    limit = timedelta(days=settings_of(case).thresholds.stale_after_days)
    old = []
    for name, group in groupby(members, key=stream_name):
        files = list(group)
        newest = max(
            (each.instants.newest for each in files if each.instants and each.instants.newest), default=None
        )
        # Of a file that was not read to its end, nobody knows the newest record.
        if newest and all(each.is_whole for each in files) and case.now - newest.replace(tzinfo=UTC) > limit:
            old.append((newest, name.partition("/")[2]))
    if old:
        newest, streams = max(old)[0], [name for _, name in old]
        yield note(
            f"{'@'.join(account)}: nothing newer than {newest:%Y-%m-%d} in {_some(streams)};"
            f" from {limit / timedelta(days=1):g} days on that is a warning (thresholds.stale_after_days)",
            "look at the connector; an old export by itself: helpdesk refresh --as-of with the day after it",
        )


def _future(members: list[FileLook]) -> Iterator[Finding]:
    streams = _names(each for each in members if each.instants and each.instants.future_count)
    if streams:
        yield note(
            f"{_account(members)}: records of the future: {_some(streams)}",
            "look at the zone of the export, and at this machine's clock",
        )


def _account(members: list[FileLook]) -> str:
    return stream_name(members[0]).partition("/")[0]


def _names(members: Iterable[FileLook]) -> list[str]:
    return list(dict.fromkeys(each.extract.stream.name for each in members))


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
