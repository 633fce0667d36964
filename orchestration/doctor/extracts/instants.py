"""What the event times of a file's records say: from when to when, and in which zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from orchestration.landing.data_types import has_offset, instant
from orchestration.landing.staging import Staged
from orchestration.landing.statements import compose
from orchestration.landing.streams import Stream

# As the check event_time_is_not_in_the_future has it.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Instants:
    """Event times of the records that were read; UTC without a zone.

    Attributes:
        first: The earliest.
        newest: The latest that is not in the future.
        future_count: How many lie more than a day ahead.
        zoneless_count: How many do not say their offset from UTC.
        count: How many there are.
    """

    first: datetime | None
    newest: datetime | None
    future_count: int
    zoneless_count: int
    count: int


def instants_of(
    connection: duckdb.DuckDBPyConnection, staged: Staged, stream: Stream, now: datetime
) -> Instants | None:
    """Read the event times of good records.

    Args:
        connection: Where they are staged.
        staged: The records.
        stream: Their stream.
        now: The time; UTC.

    Returns:
        What they say; None where the stream has no event time, or the file no such column.
    """
    column = next((each for each in stream.columns if each.name == stream.event_time), None)
    if column is None or column.name not in staged.columns:
        return None
    moment, parameters = instant(stream, column)
    row = connection.execute(
        compose(
            "select min(moment), max(moment) filter (moment <= ?), count(*) filter (moment > ?),"
            " count(*) filter (not says_offset), count(*)"
            " from (select {moment} as moment, {offset} as says_offset from {table})"
            " where moment is not null",
            moment=moment,
            offset=has_offset(column),
            table=staged.table,
        ),
        [latest := (now + _AHEAD).replace(tzinfo=None), latest, *parameters],
    ).fetchone()
    return Instants(*row) if row and row[4] else None
