"""Names, addresses and phone numbers of people in raw records: which published columns hold one of them.

Whole texts and runs of words are looked up in hashed tables: the cost grows with what is published and with
who is known, not with their product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.expectations import people_queries as queries
from orchestration.expectations.privacy import TextColumn
from orchestration.expectations.sql import fill, identifier, literal
from orchestration.forgetting.json_parts import REMOVED
from orchestration.landing.streams import Streams

# One word is too common to be searched for inside texts, and a short one anywhere.
SHORTEST_ONE_WORD_NAME = 4
_SHORTEST_NAME = 5
_SHORTEST_PHONE = 7
_MOST_WORDS = 6
_MOST_ROWS = 20


@dataclass(frozen=True)
class Finding:
    """A published column that holds somebody's name, address or phone number.

    Attributes:
        column: The column.
        row_count: In how many rows.
        digests: MD5 of the texts that do, so that the rows can be found again without telling the texts.
    """

    column: TextColumn
    row_count: int
    digests: tuple[str, ...]


def find_known_people(
    publication: Path,
    build: Path,
    columns: Sequence[TextColumn],
    streams: Streams,
    *,
    allowed: Sequence[str] = (),
    allow_agent_names: bool = False,
) -> list[Finding]:
    """Look for everybody whom raw records name in text columns of a publication.

    Args:
        publication: The publication file.
        build: The build file, with the raw tables.
        columns: The columns to look through.
        streams: The registry, which says what is personal.
        allowed: Names that stand in raw records and are no person's.
        allow_agent_names: Whether display names of agents may be published.

    Returns:
        The columns in which something was found.
    """
    with duckdb.connect() as connection:
        for name, file in (("publication", publication), ("build", build)):
            connection.execute(f"attach ? as {name} (read_only)", [str(file)])
        told = " union all ".join(_personal_values(connection, streams))
        if not told:
            return []
        statement = fill(queries.KNOWN, told=told, words=_words("value"), allowed_words=_words("allowed"))
        connection.execute(
            statement, {"allowed": [REMOVED, *allowed, *_agents(connection, allow_agent_names)]}
        )
        limits = {
            "one_word": literal(SHORTEST_ONE_WORD_NAME),
            "most_words": literal(_MOST_WORDS),
            "shortest": literal(_SHORTEST_NAME),
            "phone": literal(_SHORTEST_PHONE),
        }
        connection.execute(fill(queries.LOOKED_FOR, **limits))
        connection.execute(queries.NO_TEXTS)
        for place, column in enumerate(columns):
            connection.execute(_texts_of(column, place))
        connection.execute(fill(queries.FOUND, words=_words("value")))
        found = connection.execute(queries.PLACES).fetchall()
    return [Finding(columns[place], row_count, tuple(digests)) for place, row_count, digests in found]


def rows_query(findings: Sequence[Finding]) -> str:
    """The query of the texts that were found, for ``Check.rows``; empty when there are none.

    Args:
        findings: What :func:`find_known_people` returns.
    """
    return " union all ".join(
        fill(
            "(select distinct $place as place, cast($column as varchar) as text from $table"
            " where md5(cast($column as varchar)) in ($digests))",
            place=literal(".".join(each.column)),
            column=identifier(each.column.column),
            table=identifier(each.column.schema, each.column.table),
            digests=", ".join(map(literal, each.digests[:_MOST_ROWS])),
        )
        for each in findings
    )


def _words(text: str) -> str:
    return fill(queries.WORDS, text=text)


def _personal_values(connection: duckdb.DuckDBPyConnection, streams: Streams) -> Iterator[str]:
    """A query for each column of a raw table that says who somebody is."""
    query = "select schema_name, table_name from duckdb_tables() where database_name = 'build'"
    there = set(connection.execute(query).fetchall())
    for stream in (stream for system in streams.values() for stream in system.values()):
        for column in stream.columns if tuple(stream.table.split(".")) in there else ():
            if column.personal:
                value = identifier(column.name)
                if column.personal_path:
                    value = fill(queries.IN_JSON, value=value, path=literal(column.personal_path))
                table = identifier("build", *stream.table.split("."))
                yield fill(queries.TOLD, kind=literal(column.personal), value=value, table=table)


def _agents(connection: duckdb.DuckDBPyConnection, are_allowed: bool) -> list[str]:
    if not are_allowed:
        return []
    # What the setting lets the models publish; where a cluster builds them, they are nowhere else here.
    query = "select distinct agent_name from publication.core.dim_agent where agent_name is not null"
    return [name for (name,) in connection.execute(query).fetchall()]


def _texts_of(column: TextColumn, place: int) -> str:
    return fill(
        queries.TEXTS,
        place=literal(place),
        # A ticket's number may have as many digits as a phone's.
        may_be_phone="false" if column.column.endswith("_id") else "true",
        column=identifier(column.column),
        table=identifier(column.schema, column.table),
        phone=literal(_SHORTEST_PHONE),
    )
