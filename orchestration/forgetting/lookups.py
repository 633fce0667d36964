"""Looking in raw for somebody: whether an id is known, what it is called, whether it is an agent's."""

from collections.abc import Sequence

import duckdb

from orchestration.errors import UsageError
from orchestration.forgetting.owners import is_customer, select_agents, select_owned_tickets
from orchestration.forgetting.records import Records
from orchestration.forgetting.suppression import Account, as_yet_unlisted
from orchestration.landing.statements import compose, identifier

# Seven digits or more, and nothing but what people put between them.
_NUMBER = r" *[+(]*[0-9]([ ()./-]{0,3}[0-9]){6,17} *"


def is_known(connection: duckdb.DuckDBPyConnection, records: Sequence[Records], customer: str) -> bool:
    """Whether a customer with this id is in any record of an account, and the id stands for somebody."""
    as_yet_unlisted(connection, [customer], [])
    select_owned_tickets(connection, records)
    select_agents(connection, records)
    for each in records:
        if customer in each.stream.nobody:
            return False
        for column in each.tagged("requester", "customer", "either"):
            condition = is_customer(each, column) if column.forget == "either" else each.of_account
            parameters = [customer, each.account]
            if column.forget != "either":
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


def values_of(
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


def numbers_of(
    connection: duckdb.DuckDBPyConnection, records: Sequence[Records], ids: list[str]
) -> list[str]:
    """What looks like a phone number in people's own records: the registry knows no column for it."""
    found: set[str] = set()
    for each in records:
        if not each.tagged("name", "email") or not each.tagged("customer"):
            continue
        for name in [*each.unknown, *(column.name for column in each.tagged("text"))]:
            rows = connection.execute(
                compose(
                    "select distinct trim({column}) from {table}"
                    " where {of_account} and list_contains(?, trim({customer}))"
                    " and regexp_full_match({column}, ?)",
                    column=identifier(name),
                    table=each.table,
                    of_account=each.of_account,
                    customer=identifier(each.tagged("customer")[0].name),
                ),
                [each.account, ids, _NUMBER],
            ).fetchall()
            found |= {number for (number,) in rows}
    return sorted(found)


def refuse_agents(
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
                raise UsageError(f"{place}: this is, or was, an agent; only customers can be forgotten")
