"""JSON objects into columns of text."""

import json

import duckdb

from orchestration.landing.staging import staged_table
from orchestration.landing.statements import Fragment, compose, identifier, joined


def spread(
    connection: duckdb.DuckDBPyConnection, lines: Fragment, load_id: str, columns: dict[str, list[str]]
) -> Fragment:
    """Give every key its column: numbers as written, nested values as JSON text.

    Args:
        connection: The warehouse.
        lines: Table of number and line, each line a JSON object.
        load_id: Their load.
        columns: Columns and the keys that fill them, as ``raw_columns`` gives them.

    Returns:
        The load's temporary table.
    """
    structure: dict[str, str] = {}
    selected: list[Fragment] = []
    pointers: list[str] = []
    for column, names in columns.items():
        values: list[Fragment] = []
        for name in names:
            # A structure cannot hold names that differ only in case, are empty, or hold control characters.
            if name == names[0] and name and name.isprintable():
                structure[name] = "VARCHAR"
                values.append(compose("object.{name}", name=identifier(name)))
            else:
                pointers.append("/" + name.replace("~", "~0").replace("/", "~1"))
                values.append(Fragment("json_extract_string(line, ?)"))
        selected.append(
            compose("coalesce({values}) as {name}", values=joined(values), name=identifier(column))
        )
    table = staged_table(load_id)
    connection.execute(
        compose(
            "create or replace temp table {table} as select number as _line, {selected}"
            " from (select number, line, json_transform(line, ?) as object from {lines})",
            table=table,
            selected=joined(selected),
            lines=lines,
        ),
        [*pointers, json.dumps(structure)],
    )
    return table
