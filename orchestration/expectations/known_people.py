"""Names, addresses and phone numbers of people in raw records: which published columns hold one of them.

Whole texts and runs of words are looked up in hashed tables: the cost grows with what is published and with
who is known, not with their product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.expectations.privacy import TextColumn
from orchestration.expectations.sql import fill, identifier, literal
from orchestration.landing.streams import Streams

# One word is too common to be searched for inside texts, and a short one anywhere.
SHORTEST_ONE_WORD_NAME = 4
_SHORTEST_NAME = 5
_SHORTEST_PHONE = 7
_MOST_WORDS = 6
_MOST_ROWS = 20

# Words without marks between them: "Lovelace, Ada" and "lovelace.ada" are the same run of words.
_WORDS = r"trim(regexp_replace(lower($text), '[^\p{L}\p{N}]+', ' ', 'g'))"

_TOLD = "select distinct $kind as kind, $value as value from $table"
_IN_JSON = "json_extract_string($value, $path)"
_KNOWN = """
create temp table known as
with told as ($told), words as (select kind, trim(value) as value, $words as words from told)
select distinct kind, value, words, length(words) - length(replace(words, ' ', '')) + 1 as word_count,
  regexp_replace(value, '[^0-9]', '', 'g') as digits
from words
where value <> '' and words not in (
  select $allowed_words from (select unnest(cast($$allowed as varchar[])) as allowed)
)
"""
_LOOKED_FOR = """
create temp table one_words as select distinct value from known
  where kind = 'name' and word_count = 1 and length(value) >= $one_word;
create temp table phrases as select distinct words, word_count from known
  where kind = 'name' and word_count between 2 and $most_words and length(words) > $shortest;
create temp table addresses as select distinct lower(value) as value from known where kind = 'email';
create temp table phones as select distinct digits from known
  where kind = 'phone' and length(digits) >= $phone;
"""
# What is as long as our own keys and one word is one of them, or an address; short numbers are nobody's.
_NO_TEXTS = "create temp table texts (place integer, may_be_phone boolean, value varchar, row_count bigint)"
_TEXTS = """
insert into texts
select $place, $may_be_phone, cast(told as varchar) as value, row_count
from (select $column as told, count(*) as row_count from publication.$table group by $column)
where (strlen(value) <> 32 or contains(value, ' '))
  and (strlen(value) >= $phone or translate(value, '0123456789', '') <> '')
"""
_FOUND = """
create temp table found as
with written as (
  select value, $words as words, bool_or(may_be_phone) as may_be_phone
  from texts group by value
), runs as (
  select value, string_split(words, ' ') as parts from written where contains(words, ' ')
), begun as (
  select value, parts, unnest(range(1, len(parts))) as first from runs
), spoken as (
  select value, array_to_string(parts[first : first + word_count - 1], ' ') as words
  from begun inner join (select distinct word_count from phrases) on first + word_count - 1 <= len(parts)
)
select value from spoken where words in (select words from phrases)
union
select value from written where value in (select value from one_words)
union
select value from written where lower(value) in (select value from addresses)
union
select value from written where may_be_phone and regexp_full_match(value, '[+0-9() ./-]+')
  and regexp_replace(value, '[^0-9]', '', 'g') in (select digits from phones)
"""
_PLACES = """
select place, cast(sum(row_count) as bigint), list(md5(value) order by value)
from texts where value in (select value from found) group by place order by place
"""


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
        statement = fill(_KNOWN, told=told, words=_words("value"), allowed_words=_words("allowed"))
        connection.execute(statement, {"allowed": [*allowed, *_agents(connection, allow_agent_names)]})
        limits = {
            "one_word": literal(SHORTEST_ONE_WORD_NAME),
            "most_words": literal(_MOST_WORDS),
            "shortest": literal(_SHORTEST_NAME),
            "phone": literal(_SHORTEST_PHONE),
        }
        connection.execute(fill(_LOOKED_FOR, **limits))
        connection.execute(_NO_TEXTS)
        for place, column in enumerate(columns):
            connection.execute(_texts_of(column, place))
        connection.execute(fill(_FOUND, words=_words("value")))
        found = connection.execute(_PLACES).fetchall()
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
    return fill(_WORDS, text=text)


def _personal_values(connection: duckdb.DuckDBPyConnection, streams: Streams) -> Iterator[str]:
    """A query for each column of a raw table that says who somebody is."""
    query = "select schema_name, table_name from duckdb_tables() where database_name = 'build'"
    there = set(connection.execute(query).fetchall())
    for stream in (stream for system in streams.values() for stream in system.values()):
        for column in stream.columns if tuple(stream.table.split(".")) in there else ():
            if column.personal:
                value = identifier(column.name)
                if column.personal_path:
                    value = fill(_IN_JSON, value=value, path=literal(column.personal_path))
                table = identifier("build", *stream.table.split("."))
                yield fill(_TOLD, kind=literal(column.personal), value=value, table=table)


def _agents(connection: duckdb.DuckDBPyConnection, are_allowed: bool) -> list[str]:
    if not are_allowed:
        return []
    # What the setting lets the models publish; where a cluster builds them, they are nowhere else here.
    query = "select distinct agent_name from publication.core.dim_agent where agent_name is not null"
    return [name for (name,) in connection.execute(query).fetchall()]


def _texts_of(column: TextColumn, place: int) -> str:
    return fill(
        _TEXTS,
        place=literal(place),
        # A ticket's number may have as many digits as a phone's.
        may_be_phone="false" if column.column.endswith("_id") else "true",
        column=identifier(column.column),
        table=identifier(column.schema, column.table),
        phone=literal(_SHORTEST_PHONE),
    )
