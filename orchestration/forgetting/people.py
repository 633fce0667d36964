"""Who is meant: the accounts in which somebody with this id or this e-mail address is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from orchestration.errors import UsageError
from orchestration.forgetting.records import (
    Records,
    is_customer,
    known_accounts,
    raw_records,
    select_agents,
    select_owned_tickets,
)
from orchestration.forgetting.suppression import Account, as_yet_unlisted
from orchestration.landing.statements import compose, identifier
from orchestration.landing.streams import Streams


@dataclass
class Person:
    """Somebody in one account, with what would tell them.

    Attributes:
        account: The account.
        ids: Their ids; several where somebody is found by an address.
        devices: Ids of browsers and devices they used.
        addresses: Their e-mail addresses, in lower case.
        names: What they are called.
    """

    account: Account
    ids: list[str]
    devices: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def address_pattern(self) -> str | None:
        """A regular expression that finds the addresses in a text, and no longer ones; None without any."""
        if not self.addresses:
            return None
        any_of_them = "|".join(map(re.escape, self.addresses))
        return rf"(?i)(^|[^a-z0-9._%+-])({any_of_them})($|[^a-z0-9.-]|\.($|[^a-z0-9]))"


def find_people(
    connection: duckdb.DuckDBPyConnection,
    streams: Streams,
    *,
    customer: str | None,
    email: str | None,
    system: str | None,
    account: str | None,
) -> list[Person]:
    """Find everybody with an id or an address; an id in two accounts is two people's.

    Args:
        connection: The build file.
        streams: The registry.
        customer: The id of a customer.
        email: An e-mail address; in each account where it is known it tells a person.
        system: Looks in this system alone.
        account: Looks in accounts of this name alone.

    Raises:
        UsageError: The id is known in several accounts, or is an agent's.
    """
    found: list[Person] = []
    for place in known_accounts(connection):
        if place.system not in streams or (system or place.system) != place.system:
            continue
        if (account or place.name) != place.name:
            continue
        records = raw_records(connection, streams, place)
        ids = _ids(connection, records, customer, email)
        if ids:
            _refuse_agents(connection, records, place, ids)
            found.append(_person(connection, records, place, ids, email))
    if customer is not None and len(found) > 1:
        places = ", ".join(str(person.account) for person in found)
        raise UsageError(
            f"--customer {customer}: is known in {places}; say with --system and --account which one is meant"
        )
    return found


def _ids(
    connection: duckdb.DuckDBPyConnection, records: Sequence[Records], customer: str | None, email: str | None
) -> list[str]:
    if customer is not None:
        wanted = customer.strip()
        return [wanted] if wanted and _is_known(connection, records, wanted) else []
    return _values(connection, records, "customer", "lower(trim({email})) = lower(trim(?))", [email])


def _is_known(connection: duckdb.DuckDBPyConnection, records: Sequence[Records], customer: str) -> bool:
    as_yet_unlisted(connection, [customer], [])
    select_owned_tickets(connection, records)
    select_agents(connection, records)
    for each in records:
        if customer in each.stream.nobody:
            return False
        for column in each.tagged("requester", "customer", "either"):
            condition = is_customer(each, column) if column.personal == "either" else each.of_account
            parameters = [customer, each.account]
            if column.personal != "either":
                parameters.append(each.account)
            row = connection.execute(
                compose(
                    "select 1 from {table} where trim({column}) = ? and {of_account} and {condition} limit 1",
                    table=each.table,
                    column=identifier(column.name),
                    of_account=each.of_account,
                    condition=condition,
                ),
                parameters,
            ).fetchone()
            if row:
                return True
    return False


def _person(
    connection: duckdb.DuckDBPyConnection,
    records: Sequence[Records],
    place: Account,
    ids: list[str],
    email: str | None,
) -> Person:
    of_person = "list_contains(?, trim({customer}))"
    addresses = _values(connection, records, "email", of_person, [ids])
    told = [] if email is None else [email]
    return Person(
        place,
        ids,
        devices=_values(connection, records, "device", of_person, [ids]),
        addresses=sorted({address.strip().lower() for address in [*addresses, *told]}),
        names=_values(connection, records, "name", of_person, [ids]),
    )


def _values(
    connection: duckdb.DuckDBPyConnection,
    records: Sequence[Records],
    tag: str,
    condition: str,
    parameters: list[object],
) -> list[str]:
    """What columns of a tag hold where a condition on the customer, or on the address, is true."""
    found: set[str] = set()
    for each in records:
        wanted, customers, emails = (each.tagged(name) for name in (tag, "customer", "email"))
        if not wanted or not customers or ("{email}" in condition and not emails):
            continue
        rows = connection.execute(
            compose(
                "select distinct trim({wanted}) from {table} where {of_account} and {condition}"
                " and trim({wanted}) <> ''",
                wanted=identifier(wanted[0].name),
                table=each.table,
                of_account=each.of_account,
                condition=compose(
                    condition,
                    customer=identifier(customers[0].name),
                    email=identifier(emails[0].name if emails else customers[0].name),
                ),
            ),
            [each.account, *parameters],
        ).fetchall()
        found |= {value for (value,) in rows}
    return sorted(found)


def _refuse_agents(
    connection: duckdb.DuckDBPyConnection, records: Sequence[Records], place: Account, ids: list[str]
) -> None:
    """Where agents are users like customers, an id may be that of somebody who works there."""
    for each in records:
        if each.has("role") and each.tagged("customer"):
            row = connection.execute(
                compose(
                    "select 1 from {table} where {of_account} and list_contains(?, trim({customer}))"
                    " and lower(trim(role)) <> 'end-user' limit 1",
                    table=each.table,
                    of_account=each.of_account,
                    customer=identifier(each.tagged("customer")[0].name),
                ),
                [each.account, ids],
            ).fetchone()
            if row:
                raise UsageError(
                    f"{place}: this is, or was, an agent; only customers can be forgotten, since the figures of"
                    " agents are of their work"
                )
