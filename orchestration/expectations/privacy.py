"""Nothing personal may be published: where text columns are, and whether one holds an address or number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb

from orchestration.expectations.sql import fill, identifier, literal

# A phone number as people write it: +49 151 2345678, (030) 123-4567, 555-123-4567, 0151/2345678. Bare digits
# are ids, amounts and hashes as well: those are numbers only where raw records say so (known_people.py). It
# begins and ends where nothing joins it to something longer, such as a timestamp's offset or a UUID.
PHONE = (
    r"(^|[^0-9A-Za-z.,:_+-])("
    r"\+[1-9]([ ().\/-]{0,3}[0-9]){7,14}"
    r"|\(0?[1-9][0-9]{1,4}\) ?[0-9]{2,5}([ .\/-]?[0-9]{2,5}){1,3}"
    r"|[2-9][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{4}"
    r"|00[1-9][0-9]{0,2}[ \/-][0-9]{2,5}([ \/-]?[0-9]{2,5}){1,3}"
    r"|0[1-9][0-9]{1,4} ?[\/-] ?[0-9]{5,9}|0[1-9][0-9]{1,4} [0-9]{3,5} ?[0-9]{2,6}"
    r")($|[^0-9A-Za-z_:-])"
)
E_MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"

_TEXT_COLUMNS = """
select table_schema, table_name, column_name from information_schema.columns
where table_schema in ('core', 'marts') and (data_type like '%VARCHAR%' or data_type like '%JSON%')
order by all
"""

# What is far cheaper than the pattern comes first: almost no text has an @, few have a mark of a phone number
# and seven digits, and a text is looked at once however many rows have it.
_MAY_BE_E_MAIL = "contains(value, '@')"
_MAY_BE_PHONE = (
    "translate(value, '+ -./(', '') <> value"
    " and strlen(value) - strlen(translate(value, '0123456789', '')) > 6"
)
_ONE_COLUMN = """
select $name as place, coalesce(sum(row_count), 0) as row_count from (
  select cast(told as varchar) as value, row_count
  from (select $column as told, count(*) as row_count from $table group by $column)
)
where (strlen(value) <> 32 or contains(value, '@') or contains(value, ' '))
  and $may_be and regexp_matches(value, $pattern)
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
    return _statement(columns, E_MAIL, _MAY_BE_E_MAIL, "address")


def phone_statement(columns: Sequence[TextColumn]) -> str:
    """A statement that none of the columns holds a phone number."""
    return _statement(columns, PHONE, _MAY_BE_PHONE, "phone number")


def found_statement(findings: Mapping[TextColumn, int], column_count: int) -> str:
    """A statement that says what a search beforehand has found.

    Args:
        findings: How many rows of a column name somebody.
        column_count: How many columns were looked through.
    """
    rows = (
        f"select {literal('.'.join(place))} as place, {count} as row_count"
        for place, count in findings.items()
    )
    return _told(rows, f"nobody in {column_count} text columns")


def _statement(columns: Sequence[TextColumn], pattern: str, may_be: str, what: str) -> str:
    searches = (
        fill(
            _ONE_COLUMN,
            name=literal(".".join(column)),
            table=identifier(column.schema, column.table),
            column=identifier(column.column),
            may_be=may_be,
            pattern=literal(pattern),
        )
        for column in columns
    )
    return _told(searches, f"no {what} in {len(columns)} text columns")


def _told(searches: Iterable[str], clean: str) -> str:
    nothing = "select '' as place, 0 as row_count"
    columns = " union all ".join([nothing, *searches])
    return fill(_STATEMENT, columns=columns, clean=literal(clean))
