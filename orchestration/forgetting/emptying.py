"""Emptying records of what they say of a person, so that they still count."""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow

from orchestration.forgetting.about import TOKENS, names_one_of, person_ids, unknown_mentions
from orchestration.forgetting.json_parts import REMOVED, without_person
from orchestration.forgetting.owners import PERSON_FIELDS, is_customer
from orchestration.forgetting.records import Records
from orchestration.forgetting.suppression import DEVICE, HERE, PERSON
from orchestration.landing.statements import Fragment, compose, identifier, joined
from orchestration.landing.streams import Column

_MINE = Fragment("rowid in (select row from temp.main.forgotten_rows where records = ?)")


def empty_rows(connection: duckdb.DuckDBPyConnection, records: Sequence[Records]) -> None:
    """Take the person out of every record that ``select_rows`` found.

    Args:
        connection: The build file, in a transaction.
        records: The records among which they were found.
    """
    ids = person_ids(connection)
    for each in records:
        for column in each.tagged("json"):
            _rewrite_json(connection, each, column, ids)
    for each in records:
        _empty_texts(connection, each)
        _empty_mentions(connection, each, ids)
        for column in each.tagged("requester", "customer"):
            _replace_ids(connection, each, column, PERSON, Fragment("true"))
        for column in each.tagged("device"):
            _replace_ids(connection, each, column, DEVICE, Fragment("true"))
        for column in each.tagged("either"):
            _replace_ids(connection, each, column, PERSON, is_customer(each, column))


def _empty_texts(connection: duckdb.DuckDBPyConnection, records: Records) -> None:
    sets: list[Fragment] = []
    parameters: list[str] = []
    for column in records.tagged("text", "name", "email"):
        if column.data_type == "json":
            sets.append(compose("{c} = null", c=identifier(column.name)))
        else:
            # That there was a text may count.
            sets.append(
                compose(
                    "{c} = case when trim({c}) = '' then {c} when {c} is not null then ? end",
                    c=identifier(column.name),
                )
            )
            parameters.append(REMOVED)
    sets += [compose("{c} = null", c=identifier(name)) for name in records.unknown]
    for column in records.tagged("change"):
        _replace_changed_ids(connection, records, column)
        fields = joined([Fragment("?") for _ in column.fields])
        sets.append(
            compose(
                "{c} = case when lower(trim(field)) in ({fields})"
                " or lower(trim(field)) in {people} then {c} end",
                c=identifier(column.name),
                fields=fields,
                people=Fragment(PERSON_FIELDS),
            )
        )
        parameters += column.fields
    if sets:
        connection.execute(
            compose(
                "update {table} set {sets} where {mine}", table=records.table, sets=joined(sets), mine=_MINE
            ),
            [*parameters, records.key],
        )


def _empty_mentions(connection: duckdb.DuckDBPyConnection, records: Records, ids: Mapping[str, str]) -> None:
    """Empty what no model reads where it names the person, such as a list of another ticket's followers."""
    for name, telling in unknown_mentions(records, ids):
        connection.execute(
            compose(
                "update {table} set {column} = null where {of_account} and {names}",
                table=records.table,
                column=identifier(name),
                of_account=records.of_account,
                names=names_one_of(name),
            ),
            [records.account, TOKENS, telling],
        )


def _replace_ids(
    connection: duckdb.DuckDBPyConnection, records: Records, column: Column, kind: str, condition: Fragment
) -> None:
    connection.execute(
        compose(
            "update {table} as records set {column} = here.forgotten_tombstone"
            " from (select id as forgotten_id, tombstone as forgotten_tombstone from {here} where kind = ?)"
            " as here"
            " where trim({column}) = here.forgotten_id and {of_account} and {condition}",
            table=records.table,
            column=identifier(column.name),
            here=HERE,
            of_account=records.of_account,
            condition=condition,
        ),
        [kind, records.account],
    )


def _replace_changed_ids(connection: duckdb.DuckDBPyConnection, records: Records, column: Column) -> None:
    names_people = compose("lower(trim(field)) in {fields}", fields=Fragment(PERSON_FIELDS))
    _replace_ids(connection, records, column, PERSON, names_people)


def _rewrite_json(
    connection: duckdb.DuckDBPyConnection, records: Records, column: Column, ids: Mapping[str, str]
) -> None:
    rows = connection.execute(
        compose(
            "select rowid, {column} from {table} where {column} is not null and {mine}",
            column=identifier(column.name),
            table=records.table,
            mine=_MINE,
        ),
        [records.key],
    ).fetchall()
    if not rows:
        return
    rewritten = pyarrow.table(
        {
            "row": pyarrow.array([row for row, _ in rows], pyarrow.int64()),
            "left_text": pyarrow.array(
                [without_person(text, column, ids) for _, text in rows], pyarrow.string()
            ),
        }
    )
    connection.register("forgotten_json", rewritten)
    connection.execute(
        compose(
            "update {table} as records set {column} = forgotten_json.left_text from forgotten_json"
            " where records.rowid = forgotten_json.row",
            table=records.table,
            column=identifier(column.name),
        )
    )
    connection.unregister("forgotten_json")
