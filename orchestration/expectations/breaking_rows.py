"""Which rows break a check: a few of them, looked up only when it has failed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import duckdb

from orchestration.expectations.declarations import STATEMENT, Check, rows_where
from orchestration.expectations.results import CheckResult
from orchestration.expectations.sql import fill, identifier, literal

_MOST_ROWS = 20
_EXAMPLES = 3

# The line end closes a comment that a query may end with.
_AS_JSON = "select cast(to_json(breaking) as varchar) from ($query\n) as breaking limit $most"

_REPEATED = """select * from {batch} where ($columns) in (
  select $names from {batch} group by all having count(*) > 1
)"""


def breaking_rows_query(check: Check, facts: Mapping[str, str]) -> str:
    """The query that returns the rows which break a check; empty where there is none.

    Args:
        check: The check.
        facts: SQL literals, the columns of ``run``.
    """
    rows = check.rows or ("" if check.kind == STATEMENT else _shipped(check.kind, check.arguments))
    if not rows:
        return ""
    columns = ", ".join(f"{value} as {name}" for name, value in facts.items())
    query = fill("with run as (select $columns) $rows", columns=columns, rows=rows)
    # What Great Expectations' formatting and SQLAlchemy would undo.
    return query.format(batch=check.asset).replace("\\:", ":")


def with_rows(
    connection: duckdb.DuckDBPyConnection,
    results: Iterable[CheckResult],
    queries: Mapping[tuple[str, str], str],
) -> list[CheckResult]:
    """Add to results that failed some of the rows that made them fail.

    Args:
        connection: The database that was checked.
        results: What the checks said.
        queries: By asset and check, the query that returns the rows.
    """
    return [
        replace(result, rows=_rows(connection, queries[result.asset, result.check]))
        if result.status == "failed" and queries.get((result.asset, result.check))
        else result
        for result in results
    ]


def with_examples(results: Iterable[CheckResult]) -> list[CheckResult]:
    """Name in what was observed the keys of some rows; keys are ours and say nothing of a person.

    Args:
        results: Results with their rows.
    """
    return [replace(result, observed=f"{result.observed}{_examples(result.rows)}") for result in results]


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    statement = fill(_AS_JSON, query=query, most=literal(_MOST_ROWS))
    try:
        return tuple(row for (row,) in connection.execute(statement).fetchall())
    except duckdb.Error:
        # The verdict stands without them.
        return ()


def _examples(rows: tuple[str, ...]) -> str:
    found = [_keys(json.loads(row)) for row in rows]
    told = list(dict.fromkeys(filter(None, found)))[:_EXAMPLES]
    return f", for example {'; '.join(told)}" if told else ""


def _keys(row: Mapping[str, object]) -> str:
    return " ".join(f"{name} {value}" for name, value in row.items() if name.endswith("_key") and value)


def _shipped(kind: str, arguments: Mapping[str, Any]) -> str:
    """The rows that break an expectation which Great Expectations ships; empty where it is not about rows."""
    column = identifier(arguments["column"]) if "column" in arguments else ""
    match kind:
        case "ExpectColumnValuesToNotBeNull":
            return rows_where(f"{column} is null")
        case "ExpectColumnValuesToBeInSet":
            return rows_where(f"{column} not in ({', '.join(map(literal, arguments['value_set']))})")
        case "ExpectColumnValuesToBeBetween":
            return rows_where(f"{column} < {literal(arguments['min_value'])}")
        case "ExpectColumnValuesToBeUnique":
            return fill(_REPEATED, columns=column, names=column)
        case "ExpectCompoundColumnsToBeUnique":
            names = ", ".join(identifier(name) for name in arguments["column_list"])
            return fill(_REPEATED, columns=names, names=names)
    return ""
