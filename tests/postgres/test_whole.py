"""The samples in PostgreSQL: the same rows in every table, read by psql and through ODBC."""

import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from .conftest import Copy
from .server import OWNER, PASSWORD

SCHEMAS = {"core": "helpdesk_core", "marts": "helpdesk", "meta": "helpdesk_meta"}
FIGURE = """
    select to_char(period_start, 'YYYY-MM') as month, round(cast(value / 3600 as numeric), 1) as hours, n
    from {schema}.kpi_values
    where kpi_id = 'first_response_time' and variant = 'default' and attribution = 'created'
        and statistic = 'median' and clock = 'calendar' and period_grain = 'month'
        and slice = 'channel' and slice_value = 'email'
    order by 1
"""


def psql(copy: Copy, command: str, *options: str) -> str:
    """What psql answers; the password comes from the environment, as it may."""
    address = copy.server.url(copy.database, password=None)
    done = subprocess.run(
        ["psql", address, "--no-psqlrc", "--no-align", "--command", command, *options],
        env=os.environ | {"PGPASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def isql(copy: Copy, query: str) -> list[str]:
    """The rows that unixODBC's client gets through PostgreSQL's driver."""
    (driver,) = Path("/usr/lib").glob("*/odbc/psqlodbcw.so")
    # Braces keep a password whole that has a semicolon or the like in it.
    target = (
        f"Driver={driver};Servername=127.0.0.1;Port={copy.server.port};Database={copy.database};"
        f"Uid={OWNER};Pwd={{{PASSWORD}}};"
    )
    done = subprocess.run(
        ["isql", "-b", "-d|", "-k", target],
        input=" ".join(query.split()),
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def published(sample: Copy) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(sample.root / "helpdesk.duckdb"), read_only=True)


def test_every_table_has_the_same_rows(
    sample: Copy, published: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Read back as text, each column as the type that it had, and compared as multisets."""
    file, compared, rows = tmp_path / "table.csv", 0, 0
    tables = published.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    with sample.connect() as connection:
        for schema, table in tables:
            statement = f"copy {SCHEMAS[schema]}.{table} to stdout (format csv)"
            with file.open("wb") as back, connection.cursor() as cursor, cursor.copy(statement) as copy:
                back.writelines(copy)
            types = published.execute(f"describe {schema}.{table}").fetchall()
            columns = ", ".join(f"'{name}': '{told}'" for name, told, *_ in types)
            published.execute(
                f"create or replace temp table back as from read_csv('{file}', auto_detect = false,"
                f" header = false, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
                f" allow_quoted_nulls = false, max_line_size = 16000000, columns = {{{columns}}})"
            )
            missing, more, count = published.execute(
                f"select (select count(*) from (from {schema}.{table} except all from back)),"
                f" (select count(*) from (from back except all from {schema}.{table})), count(*)"
                f" from {schema}.{table}"
            ).fetchone()
            assert (missing, more) == (0, 0), f"{schema}.{table}"
            compared, rows = compared + 1, rows + count
    assert compared > 70
    assert rows > 500_000
    told = sample.rows("select table_schema || '.' || table_name, row_count from helpdesk_meta.copied_tables")
    assert len(told) == compared + 1
    assert sum(count for _, count in told) == rows + compared + 1


def test_psql_reads_the_figure_that_the_file_has(sample: Copy, published: duckdb.DuckDBPyConnection) -> None:
    expected = published.execute(
        FIGURE.format(schema="marts").replace(
            "to_char(period_start, 'YYYY-MM')", "strftime(period_start, '%Y-%m')"
        )
    ).fetchall()
    assert len(expected) > 6
    assert psql(sample, FIGURE.format(schema="helpdesk"), "--tuples-only").splitlines() == [
        f"{month}|{hours if hours is not None else ''}|{n}" for month, hours, n in expected
    ]


def test_psql_joins_a_fact_with_its_dimensions(sample: Copy, published: duckdb.DuckDBPyConnection) -> None:
    query = """
        select d.team, count(*), sum(t.reopen_count)
        from {core}.fct_tickets as t join {core}.dim_team as d on d.team = t.team
        where t.is_countable and t.created_at >= timestamp '2017-01-01' group by 1 order by 2 desc, 1 limit 5
    """
    expected = published.execute(query.format(core="core")).fetchall()
    assert len(expected) == 5
    assert psql(sample, query.format(core="helpdesk_core"), "--tuples-only").splitlines() == [
        "|".join("" if each is None else str(each) for each in row) for row in expected
    ]


def test_psql_describes_tables_with_comments_keys_and_indexes(sample: Copy) -> None:
    assert "run " in psql(sample, r"\dn+ helpdesk")
    assert "One row per figure of these tests." in psql(sample, r"\dt+ helpdesk.kpi_values")
    described = psql(sample, r"\d+ helpdesk.kpi_values")
    assert "Seconds, rates 0–1." in described
    assert "kpi_values_kpi_id_period_grain_slice_idx" in described
    tickets = psql(sample, r"\d helpdesk_core.fct_tickets")
    assert "ticket_key|text||not null|" in tickets
    assert "first_solved_at|timestamp without time zone|||" in tickets
    assert '"fct_tickets_pkey" PRIMARY KEY, btree (ticket_key)' in tickets


def test_statistics_are_there_so_that_the_index_is_used(sample: Copy) -> None:
    plan = psql(
        sample,
        "explain select * from helpdesk.kpi_values"
        " where kpi_id = 'nps' and period_grain = 'year' and slice = 'all'",
    )
    assert "kpi_values_kpi_id_period_grain_slice_idx" in plan
    (estimate, count) = sample.rows(
        "select (select reltuples from pg_class where oid = 'helpdesk.kpi_values'::regclass),"
        " (select count(*) from helpdesk.kpi_values)"
    )[0]
    assert abs(estimate - count) <= count * 0.1


def test_an_odbc_client_reads_the_figure(sample: Copy, published: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select count(*), sum(n), max(is_complete::int) from {}.kpi_values"
        " where kpi_id = 'first_response_time'"
    )
    (expected,) = published.execute(query.format("marts")).fetchall()
    assert expected[0] > 0
    (row,) = isql(sample, query.format("helpdesk"))
    assert tuple(int(each) for each in row.split("|")) == expected
