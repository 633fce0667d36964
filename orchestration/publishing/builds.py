"""What is built already: meta.builds in the build file, which tells an incremental run where to go on."""

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from orchestration.publishing.database import has_table
from orchestration.publishing.record import naive_utc


@dataclass(frozen=True)
class Build:
    """A build of every model that went through; instants are naive UTC.

    Attributes:
        as_of: The "now" it was built for.
        loaded_through: When the newest records landed that it holds.
    """

    as_of: datetime
    loaded_through: datetime


def build_to_go_on_from(
    connection: duckdb.DuckDBPyConnection, *, engine: str, rules: str, as_of: datetime
) -> Build | None:
    """The build whose tables an incremental run may keep.

    Args:
        connection: The build file, open for writing.
        engine: Where this run builds.
        rules: Fingerprint of this run's code and settings.
        as_of: The "now" of this run.

    Returns:
        The last build, or None when there is none, when it was made by other rules, or when it already knows
        what is later than ``as_of``.
    """
    _create_table(connection)
    row = connection.execute(
        "select as_of, loaded_through from meta.builds"
        " where engine = ? and rules = ? and as_of <= ? and loaded_through is not null",
        [engine, rules, naive_utc(as_of)],
    ).fetchone()
    return Build(*row) if row else None


def landed_through(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the newest records landed, in UTC; None when none has.

    Args:
        connection: The build file.
    """
    row = connection.execute("select max(loaded_at) from meta.loads where status = 'landed'").fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None


def forget_build(connection: duckdb.DuckDBPyConnection, engine: str) -> None:
    """Forget what was built: until a full build is done, tables of two builds may stand side by side.

    Args:
        connection: The build file, open for writing.
        engine: Where it was built.
    """
    _create_table(connection)
    connection.execute("delete from meta.builds where engine = ?", [engine])


def forget_builds(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget what was built, wherever that was: the records it was built from are others now.

    Args:
        connection: The build file, open for writing.
    """
    if has_table(connection, "meta", "builds"):
        connection.execute("delete from meta.builds")


def record_build(
    connection: duckdb.DuckDBPyConnection, *, engine: str, rules: str, as_of: datetime, built_at: datetime
) -> None:
    """Note that every model was built from all that has landed.

    Args:
        connection: The build file, open for writing.
        engine: Where it was built.
        rules: Fingerprint of the code and the settings it was built with.
        as_of: The "now" it was built for.
        built_at: When it was done; UTC.
    """
    forget_build(connection, engine)
    connection.execute(
        "insert into meta.builds"
        " select ?, ?, cast(? as timestamp), max(loaded_at), cast(? as timestamp) from meta.loads",
        [engine, rules, naive_utc(as_of), naive_utc(built_at)],
    )


def _create_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create table if not exists meta.builds (engine varchar, rules varchar, as_of timestamp,"
        " loaded_through timestamp, built_at timestamp)"
    )
