"""What analysts have opens the published file and reads in it what this project's own DuckDB reads."""

import re
from pathlib import Path

import pytest

from orchestration.warehouse import PROJECT_ROOT

from .answers import same_rows
from .sessions import ClientError

_ANALYSES = sorted((PROJECT_ROOT / "analyses").glob("*.sql"))
_TABLES = """
    select schema_name || '.' || table_name from duckdb_tables()
    where schema_name in ('core', 'marts', 'meta') order by 1
"""
# How each client names the type of: an instant, a day, money, a figure, a count, a flag, a text.
_COLUMNS = {
    "core.fct_tickets": ("created_at", "created_on", "ticket_key"),
    "core.fct_costs": ("amount",),
    "marts.kpi_values": ("value", "n", "is_complete"),
}
_TYPES = {
    "command line": ("TIMESTAMP", "DATE", "VARCHAR", "DECIMAL(18,4)", "DOUBLE", "BIGINT", "BOOLEAN"),
    "node": ("TIMESTAMP", "DATE", "VARCHAR", "DECIMAL(18,4)", "DOUBLE", "BIGINT", "BOOLEAN"),
    "adbc": ("timestamp[us]", "date32[day]", "string", "decimal128(18, 4)", "double", "int64", "bool"),
    "sqlalchemy": ("TIMESTAMP", "DATE", "VARCHAR", "NUMERIC(18, 4)", "DOUBLE", "BIGINT", "BOOLEAN"),
    "ibis": ("timestamp(6)", "date", "string", "decimal(18, 4)", "float64", "int64", "boolean"),
    "pandas": ("datetime64[us]", "datetime64[us]", "str", "float64", "float64", "int64", "bool"),
    "polars": (
        "Datetime(time_unit='us', time_zone=None)",
        "Date",
        "String",
        "Decimal(precision=18, scale=4)",
        "Float64",
        "Int64",
        "Boolean",
    ),
}


def one_statement(file: Path) -> str:
    """An analysis as a client sends it: without the semicolon that ends it in a file."""
    return file.read_text(encoding="utf-8").strip().removesuffix(";")


def test_it_lists_every_published_table(foreign, own):
    listed = foreign.tables()
    assert sorted(listed) == [name for (name,) in own.execute(_TABLES).fetchall()]
    assert len(listed) > 70


def test_it_reads_every_published_table(foreign, own):
    """Each column of each table, as counts of what is not NULL."""
    for (table,) in own.execute(_TABLES).fetchall():
        columns = [row[0] for row in own.execute(f"describe {table}").fetchall()]
        counts = ", ".join(f'count("{name}") as "{name}"' for name in columns)
        query = f"select count(*) as row_count, {counts} from {table}"
        assert same_rows(foreign.ask(query), own.execute(query).fetchall()), table


@pytest.mark.parametrize("analysis", _ANALYSES, ids=lambda file: file.stem)
def test_it_answers_the_questions_of_analysts_as_this_project_does(foreign, own, analysis):
    query = one_statement(analysis)
    expected = own.execute(query).fetchall()
    assert expected, "an answer without rows compares nothing"
    assert same_rows(foreign.ask(query), expected)


def test_instants_days_and_money_are_what_was_published(foreign, own):
    for query in (
        "select ticket_key, created_at, created_on from core.fct_tickets order by ticket_key limit 200",
        "select cost_key, amount, exchange_rate, charged_month from core.fct_costs order by cost_key",
        "select as_of, published_at, run_id, has_local_changes from meta.publication",
    ):
        assert same_rows(foreign.ask(query), own.execute(query).fetchall()), query


def test_columns_have_the_clients_own_type_for_theirs(client, foreign):
    if client == "duckdb-engine":
        # Why docs/bi-tools.md names the other package; when this passes, it may name both.
        with pytest.raises(ClientError, match="pg_collation"):
            foreign.types("core.fct_tickets")
        return
    found = [foreign.types(table)[column] for table, columns in _COLUMNS.items() for column in columns]
    assert tuple(found) == _TYPES[client]


def test_it_cannot_write(foreign, published):
    before = published.stat()
    for statement in (
        "create table core.mine as select 1 as one",
        "update marts.kpi_values set value = 0",
        "delete from meta.publication",
    ):
        with pytest.raises(ClientError, match=re.compile("read[- ]only", re.IGNORECASE)):
            foreign.write(statement)
    assert foreign.ask("select count(*) as n from meta.publication") in ([[1]], [["1"]])
    assert (published.stat().st_mtime_ns, published.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert not published.with_name(f"{published.name}.wal").exists()
