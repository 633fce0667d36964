"""Nothing personal may be published: where text columns are, and whether one holds an e-mail address."""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from orchestration.expectations.sql import fill, identifier, literal

E_MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"

_TEXT_COLUMNS = """
select table_schema, table_name, column_name from information_schema.columns
where table_schema in ('core', 'marts') and (data_type like '%VARCHAR%' or data_type like '%JSON%')
order by all
"""

# contains() first: it is far cheaper than the pattern, and almost no text has an @.
_ONE_COLUMN = """
select $name as place, count(*) as row_count from $table
where contains(cast($column as varchar), '@') and regexp_matches(cast($column as varchar), $pattern)
"""

# The addresses themselves are not shown: what a check observed is published.
_STATEMENT = """
with found as ($columns)
select coalesce(sum(row_count), 0) = 0 as passed,
  case when coalesce(sum(row_count), 0) = 0 then $clean
    else string_agg(format('{{}} in {{:,}} rows', place, row_count), '; ' order by place)
      filter (row_count > 0)
  end as observed
from found
where (select count(*) from {batch}) >= 0
"""


class TextColumn(NamedTuple):
    """A published column that can hold text."""

    schema: str
    table: str
    column: str


def find_text_columns(connection: duckdb.DuckDBPyConnection) -> list[TextColumn]:
    """Every column of core and marts whose type can hold text, also inside lists and structures."""
    return [TextColumn(*row) for row in connection.execute(_TEXT_COLUMNS).fetchall()]


def e_mail_statement(columns: Sequence[TextColumn]) -> str:
    """A statement that none of the columns holds an e-mail address."""
    searches = [
        fill(
            _ONE_COLUMN,
            name=literal(".".join(column)),
            table=identifier(column.schema, column.table),
            column=identifier(column.column),
            pattern=literal(E_MAIL),
        )
        for column in columns
    ]
    nothing = "select '' as place, 0 as row_count"
    clean = literal(f"no address in {len(columns)} text columns")
    return fill(_STATEMENT, columns=" union all ".join([nothing, *searches]), clean=clean)
