"""The list of who is forgotten: meta.forgotten, from which nobody can be read.

It tells a digest of system, account and id, and the random id that stands for the person since. Whoever holds the
private file and an id can find out whether that id is on the list; nobody can get the ids out of it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.landing.statements import Fragment, compose
from orchestration.publishing.database import has_table, open_database
from orchestration.publishing.record import naive_utc

PERSON, DEVICE = "person", "device"
HERE = Fragment("temp.main.forgotten_here")
_TOMBSTONE = "forgotten-"
_TABLES = (
    "create schema if not exists meta",
    "create table if not exists meta.forgotten (source_system varchar, source_account varchar, kind varchar,"
    " digest varchar, tombstone varchar, forgotten_at timestamp, erased_at timestamp)",
    "create table if not exists meta.forgotten_salt (salt varchar)",
)
_DIGEST = Fragment("sha256(concat_ws(chr(31), salt, cast(? as varchar), cast(? as varchar), kind, id))")


@dataclass(frozen=True)
class Account:
    """One account of one system."""

    system: str
    name: str

    def __str__(self) -> str:
        return f"{self.system}@{self.name}"


@dataclass(frozen=True)
class Forgotten:
    """How many people are forgotten.

    Attributes:
        people: How many.
        last_at: When the last one was; UTC without a zone.
        is_erased: Whether what they left in the private file is gone from the disk.
    """

    people: int
    last_at: datetime
    is_erased: bool


def create_list(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the list where there is none.

    Args:
        connection: The build file, open for writing.
    """
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(
        "insert into meta.forgotten_salt select ? where not exists (from meta.forgotten_salt)",
        [secrets.token_hex(32)],
    )


def forgotten(connection: duckdb.DuckDBPyConnection) -> Forgotten | None:
    """How many people are forgotten; None when nobody is.

    Args:
        connection: The build file.
    """
    if not has_table(connection, "meta", "forgotten"):
        return None
    row = connection.execute(
        "select count(*), max(forgotten_at), bool_and(erased_at is not null)"
        " from meta.forgotten where kind = ? having count(*) > 0",
        [PERSON],
    ).fetchone()
    return Forgotten(*row) if row else None


def last_forgotten_at(build_file: Path) -> datetime | None:
    """When somebody was forgotten last, UTC; what was published before holds their key.

    Args:
        build_file: The build file, which nobody writes.
    """
    if not build_file.exists():
        return None
    with open_database(build_file, read_only=True) as connection:
        known = forgotten(connection)
    return known.last_at.replace(tzinfo=UTC) if known else None


def tombstones(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What stands for everybody who is forgotten.

    Args:
        connection: The build file.
    """
    if not has_table(connection, "meta", "forgotten"):
        return []
    rows = connection.execute("select tombstone from meta.forgotten where kind = ? order by all", [PERSON])
    return [name for (name,) in rows.fetchall()]


def remember(
    connection: duckdb.DuckDBPyConnection, account: Account, kind: str, ids: Iterable[str], at: datetime
) -> None:
    """Put ids on the list, each with a random id of its own; those that are on it keep theirs.

    Args:
        connection: The build file, open for writing, with the list.
        account: The account whose ids they are.
        kind: ``PERSON`` or ``DEVICE``.
        ids: The ids.
        at: When they are forgotten; UTC.
    """
    for name in sorted(set(ids)):
        connection.execute(
            compose(
                "insert into meta.forgotten select ?, ?, kind, {digest}, ?, ?, null"
                " from (select ? as kind, ? as id), meta.forgotten_salt"
                " where {digest} not in (select digest from meta.forgotten)",
                digest=_DIGEST,
            ),
            [
                *(account.system, account.name, account.system, account.name),
                _TOMBSTONE + secrets.token_hex(12),
                naive_utc(at),
                *(kind, name, account.system, account.name),
            ],
        )


def find_here(
    connection: duckdb.DuckDBPyConnection, account: Account, candidates: Fragment, parameters: list[object]
) -> None:
    """Find who of an account is on the list, into the temporary table ``HERE`` of kind, id and tombstone.

    Args:
        connection: The build file, with the list.
        account: The account.
        candidates: A query of kinds and ids: who is not among them has no id there, but has a tombstone.
        parameters: Its parameters.
    """
    connection.execute(
        compose(
            "create or replace temp table forgotten_here as"
            " select forgotten.kind, candidates.id, forgotten.tombstone from meta.forgotten"
            " left join (select id, {digest} as digest from (select distinct kind, id from ({candidates})),"
            " meta.forgotten_salt) as candidates using (digest)"
            " where source_system = ? and source_account = ?",
            digest=_DIGEST,
            candidates=candidates,
        ),
        [account.system, account.name, *parameters, account.system, account.name],
    )


def forgotten_at(connection: duckdb.DuckDBPyConnection, account: Account, customer: str) -> datetime | None:
    """When the customer with this id was forgotten, UTC without a zone; None when that never was.

    Args:
        connection: The build file.
        account: The account.
        customer: The id.
    """
    if not has_table(connection, "meta", "forgotten"):
        return None
    row = connection.execute(
        compose(
            "select forgotten_at from meta.forgotten join (select {digest} as digest"
            " from (select ? as kind, ? as id), meta.forgotten_salt) using (digest)",
            digest=_DIGEST,
        ),
        [account.system, account.name, PERSON, customer.strip()],
    ).fetchone()
    return row[0] if row else None


def accounts_with_forgotten(connection: duckdb.DuckDBPyConnection) -> list[Account]:
    """The accounts of everybody who is forgotten."""
    if not has_table(connection, "meta", "forgotten"):
        return []
    rows = connection.execute("select distinct source_system, source_account from meta.forgotten order by all")
    return [Account(*row) for row in rows.fetchall()]


def as_yet_unlisted(
    connection: duckdb.DuckDBPyConnection, people: Iterable[str], devices: Iterable[str]
) -> None:
    """Fill ``HERE`` with ids that are not on the list, to look what forgetting them would change.

    Args:
        connection: The build file; nothing of it is changed.
        people: Ids of people.
        devices: Ids of their devices.
    """
    connection.execute(
        "create or replace temp table forgotten_here (kind varchar, id varchar, tombstone varchar)"
    )
    for kind, ids in ((PERSON, people), (DEVICE, devices)):
        for name in ids:
            connection.execute("insert into forgotten_here values (?, ?, ?)", [kind, name, _TOMBSTONE])
