"""Records of one account and stream, in raw or on their way there, and which of them are about somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import duckdb

from orchestration.forgetting.json_parts import NAMES_PEOPLE
from orchestration.forgetting.suppression import Account
from orchestration.landing.columns import OWN_COLUMNS
from orchestration.landing.statements import Fragment, compose, table_name
from orchestration.landing.streams import Column, Stream, Streams
from orchestration.publishing.database import has_table


@dataclass(frozen=True)
class Records:
    """Records of one stream and account.

    Attributes:
        stream: The stream.
        table: The raw table, or the temporary one from which they will land.
        columns: Its columns but our own.
        account: Whose they are; None where the whole table is of one account.
    """

    stream: Stream
    table: Fragment
    columns: tuple[str, ...]
    account: str | None = None

    @property
    def of_account(self) -> Fragment:
        """The condition, with one parameter, that a record is of the account."""
        return Fragment(
            "_account = ?" if self.account is not None else "coalesce(cast(? as varchar), '') = ''"
        )

    @property
    def key(self) -> str:
        """What tells them from other records."""
        return str(self.table)

    def tagged(self, *tags: str) -> list[Column]:
        """The columns that hold this of a person, as far as the table has them."""
        return [column for column in self.stream.columns if column.forget in tags and self.has(column.name)]

    @property
    def unknown(self) -> list[str]:
        """Columns that the registry does not know and no model reads: they may hold anything."""
        known = {column.name for column in self.stream.columns}
        return [name for name in self.columns if name not in known]

    @property
    def unknown_people(self) -> list[str]:
        """Those of them that name people, such as ``collaborator_ids``."""
        return [name for name in self.unknown if NAMES_PEOPLE.fullmatch(name.lower())]

    @property
    def ticket_column(self) -> str | None:
        """The column that says which ticket a record belongs to."""
        if self.tagged("requester"):
            return self.stream.key[0]
        return "ticket_id" if self.has("ticket_id") else None

    def has(self, column: str) -> bool:
        """Whether the table has a column."""
        return column in self.columns


def raw_records(connection: duckdb.DuckDBPyConnection, streams: Streams, account: Account) -> list[Records]:
    """The raw tables of a system, for one of its accounts."""
    return [
        Records(stream, table_name(stream.table), _columns(connection, stream), account.name)
        for stream in streams[account.system].values()
        if has_table(connection, f"raw_{account.system}", stream.name)
    ]


def known_accounts(connection: duckdb.DuckDBPyConnection) -> list[Account]:
    """Every account that has ever delivered anything, also what was quarantined."""
    if not has_table(connection, "meta", "loads"):
        return []
    rows = connection.execute(
        "select distinct source_system, source_account from meta.loads order by all"
    ).fetchall()
    return [Account(*row) for row in rows]


def text_columns(records: Records) -> Iterator[str]:
    """Every column in which a person's address may be written."""
    tagged = records.tagged("text", "name", "email", "change", "json")
    return chain((column.name for column in tagged), records.unknown)


def _columns(connection: duckdb.DuckDBPyConnection, stream: Stream) -> tuple[str, ...]:
    described = connection.execute(compose("describe {table}", table=table_name(stream.table))).fetchall()
    return tuple(row[0] for row in described if row[0] not in OWN_COLUMNS)
