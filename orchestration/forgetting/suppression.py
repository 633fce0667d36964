"""The list of who is forgotten: meta.forgotten, from which nobody can be read.

It tells a digest of system, account and id, and the random id that stands for the person since. Whoever holds
the private file and an id can find out whether that id is on the list; nobody can get the ids out of it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.landing.statements import Fragment, compose
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
DIGEST = Fragment("sha256(concat_ws(chr(31), salt, cast(? as varchar), cast(? as varchar), kind, id))")


@dataclass(frozen=True)
class Account:
    """One account of one system."""

    system: str
    name: str

    def __str__(self) -> str:
        return f"{self.system}@{self.name}"


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


def remember(
    connection: duckdb.DuckDBPyConnection, account: Account, kind: str, ids: Iterable[str], at: datetime
) -> None:
    """Put ids on the list, each with a random id of its own; those that are on it keep theirs, from then on.

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
                "update meta.forgotten set forgotten_at = ?, erased_at = null where digest ="
                " (select {digest} from (select ? as kind, ? as id), meta.forgotten_salt)",
                digest=DIGEST,
            ),
            [naive_utc(at), account.system, account.name, kind, name],
        )
        connection.execute(
            compose(
                "insert into meta.forgotten select ?, ?, kind, {digest}, ?, ?, null"
                " from (select ? as kind, ? as id), meta.forgotten_salt"
                " where {digest} not in (select digest from meta.forgotten)",
                digest=DIGEST,
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
            digest=DIGEST,
            candidates=candidates,
        ),
        [account.system, account.name, *parameters, account.system, account.name],
    )


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
