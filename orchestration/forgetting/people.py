"""Who is meant: the accounts in which somebody with this id or this e-mail address is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from orchestration.errors import UsageError
from orchestration.forgetting.lookups import is_known, numbers_of, refuse_agents, values_of
from orchestration.forgetting.records import Records, known_accounts, raw_records
from orchestration.forgetting.suppression import Account
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
        numbers: Their phone numbers, as they were delivered.
    """

    account: Account
    ids: list[str]
    devices: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

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
            refuse_agents(connection, records, place, ids)
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
        return [wanted] if wanted and is_known(connection, records, wanted) else []
    return values_of(connection, records, "customer", "lower(trim({email})) = lower(trim(?))", [email])


def _person(
    connection: duckdb.DuckDBPyConnection,
    records: Sequence[Records],
    place: Account,
    ids: list[str],
    email: str | None,
) -> Person:
    of_person = "list_contains(?, trim({customer}))"
    addresses = values_of(connection, records, "email", of_person, [ids])
    told = [] if email is None else [email]
    return Person(
        place,
        ids,
        devices=values_of(connection, records, "device", of_person, [ids]),
        addresses=sorted({address.strip().lower() for address in [*addresses, *told]}),
        names=values_of(connection, records, "name", of_person, [ids]),
        numbers=numbers_of(connection, records, ids),
    )
