"""Which records are about somebody who is forgotten: their own, their tickets', and those that name them."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from orchestration.forgetting.json_parts import mentions
from orchestration.forgetting.owners import is_customer, is_owned, people, select_agents, select_owned_tickets
from orchestration.forgetting.records import Records, text_columns
from orchestration.forgetting.suppression import DEVICE, HERE, PERSON
from orchestration.forgetting.traces import SHORTEST_ID
from orchestration.landing.statements import Fragment, compose, identifier, joined

ROWS = Fragment("temp.main.forgotten_rows")
# An id in JSON stands between marks of its syntax.
TOKENS = r'[^"\s,:{}\[\]]+'


def select_rows(
    connection: duckdb.DuckDBPyConnection,
    records: Sequence[Records],
    *,
    beside: Sequence[Records] = (),
    addresses: str | None = None,
) -> None:
    """Find the records about somebody in ``HERE``, into the temporary table ``ROWS`` of table and row.

    Args:
        connection: The build file; nothing of it is changed.
        records: The records.
        beside: Other records of the account, which tell of the tickets of these.
        addresses: A regular expression of the person's e-mail addresses, if they are known.
    """
    no_rows(connection)
    select_owned_tickets(connection, [*records, *beside])
    select_agents(connection, [*records, *beside])
    ids = person_ids(connection)
    for each in records:
        conditions, parameters = _conditions(each, addresses)
        connection.execute(
            compose(
                "insert into {rows} select ?, rowid from {table} where {of_account} and ({conditions})",
                rows=ROWS,
                table=each.table,
                of_account=each.of_account,
                conditions=joined(conditions, " or "),
            ),
            [each.key, each.account, *parameters],
        )
        if ids:
            _select_mentions(connection, each, ids)


def no_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin ``ROWS`` anew, empty."""
    connection.execute("create or replace temp table forgotten_rows (records varchar, row bigint)")


def add_rows(connection: duckdb.DuckDBPyConnection, records: Records, found: Sequence[int]) -> None:
    """Put rows of records into ``ROWS``."""
    if found:
        connection.execute(
            compose("insert into {rows} select ?, unnest(cast(? as bigint[]))", rows=ROWS),
            [records.key, list(found)],
        )


def unknown_mentions(records: Records, ids: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Columns that no model reads and in which a person may be named, with the ids to look for.

    Args:
        records: The records.
        ids: Ids of people.
    """
    for name in records.unknown:
        # A short id is a number like any other, unless people are named there.
        telling = [each for each in ids if len(each) >= SHORTEST_ID or name in records.unknown_people]
        if telling:
            yield name, telling


def names_one_of(column: str) -> Fragment:
    """The condition, of ``TOKENS`` and a list, that one of these ids stands in a text."""
    return compose("list_has_any(regexp_extract_all({column}, ?), ?)", column=identifier(column))


def person_ids(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What stands for the id of each person in ``HERE``."""
    query = compose("select id, tombstone from {here} where kind = ? and id is not null", here=HERE)
    return dict(connection.execute(query, [PERSON]).fetchall())


def _conditions(records: Records, addresses: str | None) -> tuple[list[Fragment], list[str]]:
    conditions = [is_owned(records)]
    for tags, kind in ((("requester", "customer", "either"), PERSON), (("device",), DEVICE)):
        for column in records.tagged(*tags):
            named = compose("trim({c}) in {people}", c=identifier(column.name), people=people(kind))
            if column.forget == "either":
                named = compose("({named} and {it})", named=named, it=is_customer(records, column))
            conditions.append(named)
    # Two people may share an address: another one's own record stays whole.
    if addresses is None or records.tagged("email"):
        return conditions, []
    columns = list(text_columns(records))
    conditions += [compose("regexp_matches({c}, ?)", c=identifier(name)) for name in columns]
    return conditions, [addresses] * len(columns)


def _select_mentions(connection: duckdb.DuckDBPyConnection, records: Records, ids: dict[str, str]) -> None:
    """Add records whose JSON names somebody, such as an update of another one's ticket."""
    found: set[int] = set()
    for column in records.tagged("json"):
        rows = connection.execute(
            compose(
                "select rowid, {column} from {table} where {of_account}"
                " and {names}"
                " and rowid not in (select row from {rows} where records = ?)",
                column=identifier(column.name),
                names=names_one_of(column.name),
                table=records.table,
                of_account=records.of_account,
                rows=ROWS,
            ),
            [records.account, TOKENS, sorted(ids), records.key],
        ).fetchall()
        found |= {row for row, text in rows if mentions(text, ids)}
    add_rows(connection, records, sorted(found))
