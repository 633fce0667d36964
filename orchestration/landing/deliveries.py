"""Telling a run and its files from those that landed before."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import duckdb

from orchestration.landing.ledger import Load
from orchestration.landing.statements import Fragment, compose

# Newest first, in the order in which models see versions; those of one instant in the order of landing.
_AT_PLACE = (
    "select {columns} from meta.loads where status in {statuses}"
    " and source_system = ? and source_account = ? and stream = ? and file = ?"
    " order by loaded_at desc, rowid desc"
)


def next_second(connection: duckdb.DuckDBPyConnection, moment: datetime) -> datetime:
    """The first whole second from a moment on that is later than every landing, also where a clock went back.

    The second tells one landing from another, and their order says which records are new.

    Args:
        connection: The warehouse.
        moment: Time of a run, UTC without a zone.
    """
    second = moment.replace(microsecond=0)
    row = connection.execute("select max(loaded_at) from meta.loads where status <> 'refused'").fetchone()
    latest: datetime | None = row[0] if row else None
    return second if latest is None or latest < second else latest + timedelta(seconds=1)


def repeated_landing(
    connection: duckdb.DuckDBPyConnection, load: Load, landing: Mapping[tuple[str, str, str, str], Load]
) -> tuple[str, datetime] | None:
    """Say which landing a load only repeats.

    A file that changed back says something new, although its content was there before: what counts is the
    latest landing at its place. At a new place, whatever landed in the stream before is a copy.

    Args:
        connection: The warehouse.
        load: A load whose content hash is known.
        landing: What this run has read before and will land, by content.

    Returns:
        File and time of that landing; None when the load must land.
    """
    statement = compose(
        _AT_PLACE, columns=Fragment("content_hash, loaded_at"), statuses=Fragment("('landed')")
    )
    latest = connection.execute(statement, _place(load)).fetchone()
    if latest:
        return (load.file, latest[1]) if latest[0] == load.content_hash else None
    copy = landing.get(load.content_key)
    if copy:
        return copy.file, copy.loaded_at
    return connection.execute(
        "select file, loaded_at from meta.loads where status = 'landed' and content_hash = ?"
        " and source_system = ? and source_account = ? and stream = ? order by loaded_at, file limit 1",
        [load.content_hash, load.system, load.account, load.stream],
    ).fetchone()


def load_id(connection: duckdb.DuckDBPyConnection, load: Load) -> str:
    """Derive the id of a load: the same deliveries in the same order give the same ids.

    Args:
        connection: The warehouse.
        load: A load whose content hash and status are known.

    Returns:
        For a duplicate the id under which it is recorded, if it is; else one that no delivery of the same
        content at the same place has had.
    """
    statement = compose(
        _AT_PLACE,
        columns=Fragment("load_id, content_hash"),
        statuses=Fragment("('landed', 'duplicate')"),
    )
    recorded = connection.execute(statement, _place(load)).fetchall()
    known = [row[0] for row in recorded if row[1] == load.content_hash]
    if known and load.status == "duplicate":
        return str(known[0])
    parts = [*_place(load), load.content_hash]
    if known:
        parts.append(str(len(known)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _place(load: Load) -> list[str]:
    return [load.system, load.account, load.stream, load.file]
