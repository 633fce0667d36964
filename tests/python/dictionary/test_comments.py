"""Comments in the published file: every table and column has one, with its unit, and it can be read back."""

from pathlib import Path

import duckdb
import pytest

from orchestration.defs.models import MANIFEST
from orchestration.dictionary.comments import column_comment, read_comments, table_comment, write_comments
from orchestration.dictionary.tables import Column, Table, documented_tables

from ..conftest import Helpdesk

_NUMBERS = ("bigint", "double", "decimal")
_ODD = Table(
    "core",
    'fct_"odd"',
    "one 'odd' thing.",
    "Said\nin two lines; it's [not] a unit.",
    (
        Column("it's", "string", "A 'quoted' \"word\" [in brackets]"),
        Column("odd_count", "bigint", "How many; $1 {x} %s", "number"),
        Column("other_key", "string", "Which.", None, "core.dim_other.other_key"),
        Column("both", "bigint", "", "number", "core.dim_other.both"),
    ),
)


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    return documented_tables(MANIFEST)


def test_every_published_table_and_column_says_what_it_is(published: Helpdesk):
    silent = published.rows("""
        select schema_name || '.' || table_name, column_name from duckdb_columns()
        where schema_name in ('core', 'marts', 'meta') and coalesce(trim(comment), '') = ''
        union all
        select schema_name || '.' || table_name, null from duckdb_tables()
        where schema_name in ('core', 'marts', 'meta') and coalesce(trim(comment), '') = ''
    """)

    assert silent == []


def test_what_is_published_says_what_the_models_say(published: Helpdesk, tables: list[Table]):
    with duckdb.connect(str(published.warehouse.published_file), read_only=True) as connection:
        told = {table.full_name: table for table in read_comments(connection)}
        storage = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()

    assert set(told) == {table.full_name for table in tables}
    for table in tables:
        found = told[table.full_name]
        assert (found.grain, found.description) == (table.grain, table.description)
        assert [(c.name, c.description, c.unit, c.refers_to) for c in found.columns] == [
            (c.name, c.description, c.unit, c.refers_to) for c in table.columns
        ], table.full_name
    # One that older clients open.
    assert storage is not None and storage[0].startswith("v1.5.0")


def test_types_of_meta_are_those_it_has(published: Helpdesk, tables: list[Table]):
    types = {"varchar": "string"}
    found = published.rows(
        "select table_name, column_name, lower(data_type) from duckdb_columns() where schema_name = 'meta'"
    )

    assert {(table, name, types.get(kind, kind)) for table, name, kind in found} == {
        (table.name, column.name, column.data_type)
        for table in tables
        if table.schema == "meta"
        for column in table.columns
    }


def test_every_number_has_a_unit_and_nothing_else_has(tables: list[Table]):
    wrong = [
        f"{table.full_name}.{column.name} ({column.data_type}): {column.unit}"
        for table in tables
        for column in table.columns
        if column.data_type.startswith(_NUMBERS) is not bool(column.unit)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("core.fct_calls.wait_seconds", "seconds"),
        ("core.fct_tickets.first_response_business_seconds_at_event", "seconds of opening hours"),
        ("marts.tickets.first_response_hours", "hours"),
        ("marts.agents.reopen_rate", "share of 1"),
        ("marts.teams.nps", "points, -100 to 100"),
        ("core.fct_orders.amount", "reporting currency"),
        ("core.fct_orders.original_amount", "the row's own currency"),
        ("marts.kpi_values.value", "the KPI's (dim_kpi.unit)"),
        ("marts.kpi_values.n", "number"),
    ],
)
def test_a_unit_is_the_one_that_is_meant(tables: list[Table], column: str, unit: str):
    units = {f"{table.full_name}.{each.name}": each.unit for table in tables for each in table.columns}

    assert units[column] == unit


def test_what_a_column_refers_to_is_there(published: Helpdesk, tables: list[Table]):
    arrows = [
        (table.full_name, column.name, *column.refers_to.rsplit(".", 1))
        for table in tables
        for column in table.columns
        if column.refers_to
    ]
    orphans = published.rows(
        " union all ".join(
            f"select '{table}.{column}', count(*) from {table} as a where a.{column} is not null"
            f" and not exists (select 1 from {other} as b where b.{key} = a.{column}) having count(*) > 0"
            for table, column, other, key in arrows
        )
    )

    assert len(arrows) > 80
    assert ("core.fct_calls", "last_agent_key", "core.dim_agent", "agent_key") in arrows
    assert ("core.fct_tickets", "requester_key", "core.dim_customer", "customer_key") in arrows
    assert orphans == []


def test_any_text_survives_and_an_absent_table_is_passed_over(tmp_path: Path):
    with duckdb.connect() as connection:
        connection.execute("attach ? as publication", [str(tmp_path / "p.duckdb")])
        connection.execute(
            'create schema publication.core; create table publication.core."fct_""odd""" '
            '("it\'s" varchar, odd_count bigint, other_key varchar, "both" bigint, unheard_of varchar)'
        )
        write_comments(
            connection, [_ODD, Table("marts", "absent", "none.", "", (Column("a", "string", "b"),))]
        )
        connection.execute("use publication.core")
        (found,) = read_comments(connection)

    assert (found.name, found.grain, found.description) == (_ODD.name, _ODD.grain, _ODD.description)
    assert [(c.name, c.description, c.unit, c.refers_to) for c in found.columns] == [
        *((c.name, c.description, c.unit, c.refers_to) for c in _ODD.columns),
        ("unheard_of", "", None, None),
    ]


def test_a_comment_reads_as_a_sentence(tables: list[Table]):
    calls = next(table for table in tables if table.full_name == "core.fct_calls")
    columns = {column.name: column_comment(column) for column in calls.columns}

    assert table_comment(calls).startswith("Grain: one phone call that is over.\nOne row per phone call")
    assert columns["ivr_seconds"] == "Seconds in the menu. [unit: seconds]"
    assert columns["agent_key"] == "Agent who answered it. [refers to core.dim_agent.agent_key]"
