"""Records of one account and stream, in raw or on their way there, and which of them are about somebody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import duckdb

from orchestration.forgetting.json_parts import NAMES_PEOPLE
from orchestration.forgetting.suppression import PERSON, Account
from orchestration.landing.columns import OWN_COLUMNS
from orchestration.landing.statements import Fragment, compose, identifier, table_name
from orchestration.landing.streams import Column, Stream, Streams
from orchestration.publishing.database import has_table

TICKETS = Fragment("temp.main.forgotten_tickets")
AGENTS = Fragment("temp.main.forgotten_agents")
# Who is forgotten now, and who was before: a record that has lost its id is theirs still.
_PEOPLE = (
    "(select id from temp.main.forgotten_here where kind = '{kind}' and id is not null"
    " union all select tombstone from temp.main.forgotten_here where kind = '{kind}')"
)
# Fields of a generic ticket whose changes name people.
PERSON_FIELDS = "('requester_id', 'submitter_id', 'customer_id', 'author_id')"


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
        return Fragment("_account = ?" if self.account is not None else "coalesce(cast(? as varchar), '') = ''")

    @property
    def key(self) -> str:
        """What tells them from other records."""
        return str(self.table)

    def tagged(self, *tags: str) -> list[Column]:
        """The columns that hold this of a person, as far as the table has them."""
        return [column for column in self.stream.columns if column.personal in tags and self.has(column.name)]

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


def select_owned_tickets(connection: duckdb.DuckDBPyConnection, records: Sequence[Records]) -> None:
    """Find the tickets that somebody who is forgotten has asked at any time, into ``TICKETS``.

    Args:
        connection: The build file, with ``HERE`` of this account.
        records: All records of the account among which to look.
    """
    connection.execute("create or replace temp table forgotten_tickets (ticket_id varchar)")
    for each in records:
        ticket = each.ticket_column
        if ticket is None:
            continue
        owners = [compose("trim({column})", column=identifier(c.name)) for c in each.tagged("requester")]
        if each.has("field"):
            owners += [
                compose("case when lower(trim(field)) = 'requester_id' then trim({c}) end", c=identifier(c.name))
                for c in each.tagged("change")
            ]
        for owner in owners:
            connection.execute(
                compose(
                    "insert into {tickets} select distinct trim({ticket}) from {table}"
                    " where {of_account} and {owner} in {people}",
                    tickets=TICKETS,
                    ticket=identifier(ticket),
                    table=each.table,
                    of_account=each.of_account,
                    owner=owner,
                    people=people(PERSON),
                ),
                [each.account],
            )


def select_agents(connection: duckdb.DuckDBPyConnection, records: Sequence[Records]) -> None:
    """Find the ids of agents that are ids of customers as well, into ``AGENTS``."""
    connection.execute("create or replace temp table forgotten_agents (id varchar)")
    for each in records:
        if each.stream.name == "agents":
            connection.execute(
                compose(
                    "insert into {agents} select distinct trim({column}) from {table}"
                    " where {of_account} and trim({column}) in {people}",
                    agents=AGENTS,
                    column=identifier(each.stream.key[0]),
                    table=each.table,
                    of_account=each.of_account,
                    people=people(PERSON),
                ),
                [each.account],
            )


def people(kind: str) -> Fragment:
    """The query of ids and tombstones of one kind."""
    return Fragment(_PEOPLE.format(kind=kind))


def is_owned(records: Records) -> Fragment:
    """The condition that a record belongs to a ticket of somebody who is forgotten."""
    if records.ticket_column is None:
        return Fragment("false")
    return compose(
        "coalesce(trim({ticket}) in (select ticket_id from {tickets}), false)",
        ticket=identifier(records.ticket_column),
        tickets=TICKETS,
    )


def is_customer(records: Records, column: Column) -> Fragment:
    """The condition that an id of either a customer or an agent is a customer's."""
    kind = column.name.removesuffix("_id") + "_type"
    not_agent = compose("trim({c}) not in (select id from {agents})", c=identifier(column.name), agents=AGENTS)
    if not records.has(kind):
        return compose("({owned} or {not_agent})", owned=is_owned(records), not_agent=not_agent)
    return compose(
        "({owned} or coalesce(lower(trim({kind})) = 'customer', {not_agent}))",
        owned=is_owned(records),
        kind=identifier(kind),
        not_agent=not_agent,
    )


def text_columns(records: Records) -> Iterator[str]:
    """Every column in which a person's address may be written."""
    tagged = records.tagged("text", "name", "email", "change", "json")
    return chain((column.name for column in tagged), records.unknown)


def _columns(connection: duckdb.DuckDBPyConnection, stream: Stream) -> tuple[str, ...]:
    described = connection.execute(compose("describe {table}", table=table_name(stream.table))).fetchall()
    return tuple(row[0] for row in described if row[0] not in OWN_COLUMNS)
