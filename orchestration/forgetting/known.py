"""What the list of who is forgotten tells: how many, since when, and whether an id is on it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.forgetting.suppression import DIGEST, PERSON, Account
from orchestration.landing.statements import compose
from orchestration.publishing.database import has_table, open_database


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


def forgettings(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What stands for everybody who is forgotten, and since when: a publication of before is another one.

    Args:
        connection: The build file.
    """
    if not has_table(connection, "meta", "forgotten"):
        return []
    rows = connection.execute(
        "select tombstone || ' ' || cast(forgotten_at as varchar) from meta.forgotten where kind = ?"
        " order by all",
        [PERSON],
    )
    return [told for (told,) in rows.fetchall()]


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
            digest=DIGEST,
        ),
        [account.system, account.name, PERSON, customer.strip()],
    ).fetchone()
    return row[0] if row else None


def accounts_with_forgotten(connection: duckdb.DuckDBPyConnection) -> list[Account]:
    """The accounts of everybody who is forgotten."""
    if not has_table(connection, "meta", "forgotten"):
        return []
    rows = connection.execute(
        "select distinct source_system, source_account from meta.forgotten order by all"
    )
    return [Account(*row) for row in rows.fetchall()]
