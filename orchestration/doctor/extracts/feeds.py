"""Which streams of the open format each account has, as models/core/dim_account_stream.sql tells it."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from orchestration.doctor.case import Case
from orchestration.doctor.extracts.looking import look
from orchestration.errors import HelpdeskError
from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import PROJECT_ROOT

Account = tuple[str, str]
AccountStream = tuple[str, str, str]


@cache
def feeds() -> Mapping[str, Mapping[str, set[str]]]:
    """What each system's own streams feed: system → stream → streams of the open format."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with (PROJECT_ROOT / "seeds" / "stream_feeds.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["source_system"]][row["stream"]].add(row["feeds"])
    return found


@cache
def streams_there(case: Case) -> frozenset[AccountStream]:
    """System, account and name of every stream that brings records now, or has brought some before."""
    now = {
        (each.extract.system, each.extract.account, each.extract.stream.name)
        for each in look(case).files
        if (
            each.load.rows_landed
            if each.load and each.load.status == "landed"
            else not each.load and each.size
        )
        or (each.load and each.load.status == "landed" and each.record_count is None)
    }
    return frozenset(now | _landed(case))


def account_streams(streams: Iterable[AccountStream]) -> dict[Account, set[str]]:
    """The streams of the open format that accounts have: their own, and what their system cannot deliver.

    Args:
        streams: System, account and stream of what brings records.
    """
    own: dict[Account, set[str]] = defaultdict(set)
    for system, account, stream in streams:
        own[system, account] |= feeds()[system].get(stream, set())
    present = set().union(*own.values())
    return {place: has | (present - deliverable(place[0])) for place, has in own.items()}


def deliverable(system: str) -> set[str]:
    """The streams of the open format that a system can deliver."""
    return set().union(*feeds()[system].values())


def delivered_as(system: str, stream: str) -> list[str]:
    """The system's own streams that feed a stream of the open format; none where it has no such."""
    return [own for own, fed in feeds()[system].items() if stream in fed]


def _landed(case: Case) -> set[AccountStream]:
    """What has landed before, as the published file tells it: extracts may be cleared away then."""
    if not case.warehouse.published_file.exists():
        return set()
    query = (
        "select distinct source_system, source_account, stream from meta.loads"
        " where status = 'landed' and rows_landed > 0"
    )
    try:
        with open_database(case.warehouse.published_file, read_only=True) as connection:
            if not has_table(connection, "meta", "loads"):
                return set()
            return {(row[0], row[1], row[2]) for row in connection.execute(query).fetchall()}
    except HelpdeskError:
        # Told among the findings of the warehouse.
        return set()
