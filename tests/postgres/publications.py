"""Published files for these tests: small ones of every type, and the samples' with some of their figures."""

from datetime import datetime
from pathlib import Path

import duckdb

AS_OF = datetime(2017, 2, 19)
# What a stream of text could lose: quotes, line ends, nothing at all, edges of types.
TICKETS = """
    select * from (values
        ('a', 'it''s "new", or
not', 1.5::double, 12.3456::decimal(18, 4), 9223372036854775807, true, date '2017-02-19',
            timestamp '2017-02-19 01:02:03.456789', ['x', null, 'y']),
        ('b', '', 'nan'::double, null, -9223372036854775808, false, date '0001-01-01',
            timestamp '1969-12-31 23:59:59.999999', []),
        ('c', null, 'infinity'::double, -0.0001, 0, null, null, null, null),
        ('d', '\\N', 0.1::double + 0.2::double, 99999999999999.9999, null, true, date '9999-12-31',
            timestamp '9999-12-31 23:59:59', ['{}']),
        ('e', E'\\\\. \\t عربي 中文 🙂 \\r', -1e-300, 0, 1, true, null, timestamp '2017-01-01', ['"'])
    ) as t (ticket_key, subject, score, amount, total, is_open, created_on, created_at, tags)
"""


def write_publication(root: Path, *, run: str = "run-1", tickets: str = TICKETS, also: str = "") -> Path:
    """Write a small published file, replacing the one before by a rename.

    Args:
        root: The warehouse.
        run: The refresh that it says it is of.
        tickets: Query that makes core.fct_tickets, with a column ticket_key.
        also: Further statements.

    Returns:
        The warehouse.
    """
    root.mkdir(exist_ok=True)
    new = root / "new.duckdb"
    with duckdb.connect(str(new)) as connection:
        connection.execute("create schema core; create schema marts; create schema meta")
        connection.execute(f"create table core.fct_tickets as {tickets}")
        connection.execute("comment on table core.fct_tickets is 'One row per ticket, that''s all.'")
        connection.execute(
            "comment on column core.fct_tickets.ticket_key is 'Key of the ticket: 100 % \"ours\".'"
        )
        connection.execute(
            "create table marts.kpi_values as select 'tickets' as kpi_id, 'month' as period_grain,"
            f" 'all' as slice, 5.0::double as value, '{run}' as run_id"
        )
        connection.execute(also)
        connection.execute(
            "create table meta.publication as select ? as run_id, ?::timestamp as as_of, now()::timestamp as"
            " published_at, '{}' as versions, null::varchar as git_commit, 'f' as inputs_fingerprint",
            [run, AS_OF],
        )
    new.rename(root / "helpdesk.duckdb")
    return root


def write_part(published: Path, root: Path) -> Path:
    """Copy a published file with every table, of the many figures by day and by slice only some.

    Args:
        published: The file.
        root: The warehouse to make.

    Returns:
        The warehouse.
    """
    root.mkdir()
    with duckdb.connect() as connection:
        connection.execute("attach ? as whole (read_only)", [str(published)])
        connection.execute("attach ? as part", [str(root / "helpdesk.duckdb")])
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'whole'"
        ).fetchall()
        for schema, table in tables:
            some = "where slice in ('all', 'channel') and period_grain in ('month', 'quarter', 'year')"
            connection.execute(
                f"create schema if not exists part.{schema}; create table part.{schema}.{table} as"
                f" from whole.{schema}.{table} {some if table in ('kpi_values', 'kpi_scorecard') else ''}"
            )
        connection.execute("comment on table part.marts.kpi_values is 'One row per figure of these tests.'")
        connection.execute("comment on column part.marts.kpi_values.value is 'Seconds, rates 0–1.'")
    return root
