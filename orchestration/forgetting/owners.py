"""Whose a record is: of a ticket that somebody who is forgotten asked, or by a customer and not an agent."""

from collections.abc import Sequence

import duckdb

from orchestration.forgetting.records import Records
from orchestration.forgetting.suppression import PERSON
from orchestration.landing.statements import Fragment, compose, identifier
from orchestration.landing.streams import Column

TICKETS = Fragment("temp.main.forgotten_tickets")
AGENTS = Fragment("temp.main.forgotten_agents")
# Fields of a generic ticket whose changes name people.
PERSON_FIELDS = "('requester_id', 'submitter_id', 'customer_id', 'author_id')"
# Who is forgotten now, and who was before: a record that has lost its id is theirs still.
_PEOPLE = (
    "(select id from temp.main.forgotten_here where kind = '{kind}' and id is not null"
    " union all select tombstone from temp.main.forgotten_here where kind = '{kind}')"
)


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
                compose(
                    "case when lower(trim(field)) = 'requester_id' then trim({c}) end", c=identifier(c.name)
                )
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
    not_agent = compose(
        "trim({c}) not in (select id from {agents})", c=identifier(column.name), agents=AGENTS
    )
    if not records.has(kind):
        return compose("({owned} or {not_agent})", owned=is_owned(records), not_agent=not_agent)
    return compose(
        "({owned} or coalesce(lower(trim({kind})) = 'customer', {not_agent}))",
        owned=is_owned(records),
        kind=identifier(kind),
        not_agent=not_agent,
    )
