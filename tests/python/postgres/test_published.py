"""What PostgreSQL is given of a published file: types, keys, comments."""

from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError
from orchestration.postgres.keys import INDEXES, Grain, declared_grains
from orchestration.postgres.published import published_tables
from orchestration.postgres.types import is_nested, postgres_type


@pytest.mark.parametrize(
    ("duckdb_type", "expected"),
    [
        ("VARCHAR", "text"),
        ("BIGINT", "bigint"),
        ("HUGEINT", "numeric(39,0)"),
        ("UBIGINT", "numeric(20,0)"),
        ("DOUBLE", "double precision"),
        ("DECIMAL(18,4)", "numeric(18,4)"),
        ("TIMESTAMP", "timestamp"),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz"),
        ("VARCHAR[]", "jsonb"),
        ("DECIMAL(9,2)[3]", "jsonb"),
        ('STRUCT(a INTEGER, "b(" VARCHAR)', "jsonb"),
        ("MAP(VARCHAR, INTEGER)", "jsonb"),
        ("ENUM('a', 'b[]')", "text"),
        # Nanoseconds, bits and bytes have no type there, or none that text goes into as it is.
        ("TIMESTAMP_NS", None),
        ("BIT", None),
        ("BLOB", None),
    ],
)
def test_types(duckdb_type: str, expected: str | None) -> None:
    assert postgres_type(duckdb_type) == expected
    assert is_nested(duckdb_type) == (expected == "jsonb")


@pytest.fixture
def file() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema core; create schema raw; create table raw.secret as select 1 as n")
    connection.execute("create table core.dim_team as select * from (values ('a', 1), ('b', 1)) as t (k, n)")
    connection.execute("comment on table core.dim_team is 'One row per team.'")
    connection.execute("comment on column core.dim_team.n is 'Never NULL.'")
    return connection


def test_a_table_is_told_with_its_comments_and_key(file: duckdb.DuckDBPyConnection) -> None:
    grains = {"core.dim_team": Grain(("k",), frozenset({"k", "n", "of_newer_code"}))}
    (table,) = published_tables(file, grains, ("core", "marts"))
    assert (str(table), table.comment) == ("core.dim_team", "One row per team.")
    assert [(each.name, each.duckdb_type, each.comment) for each in table.columns] == [
        ("k", "VARCHAR", None),
        ("n", "INTEGER", "Never NULL."),
    ]
    assert (table.key, table.not_null) == (("k",), {"k", "n"})


@pytest.mark.parametrize(
    ("row", "key", "not_null"),
    [("('b', 2)", (), {"k", "n"}), ("(null, 2)", (), {"n"}), ("('c', null)", ("k",), {"k"})],
)
def test_a_key_that_the_rows_do_not_keep_is_not_declared(
    file: duckdb.DuckDBPyConnection, row: str, key: tuple[str, ...], not_null: set[str]
) -> None:
    file.execute(f"insert into core.dim_team values {row}")
    (table,) = published_tables(file, {"core.dim_team": Grain(("k",), frozenset({"k", "n"}))}, ("core",))
    assert (table.key, table.not_null) == (key, not_null)


def test_a_long_key_is_left_to_the_tests_of_the_models(file: duckdb.DuckDBPyConnection) -> None:
    file.execute("create or replace table core.dim_team as select 1 as a, 2 as b, 3 as c, 4 as d")
    grain = Grain(("a", "b", "c", "d"), frozenset("abcd"))
    (table,) = published_tables(file, {"core.dim_team": grain}, ("core",))
    assert (table.key, table.not_null) == ((), set("abcd"))


def test_a_type_that_cannot_be_copied_is_named(file: duckdb.DuckDBPyConnection) -> None:
    file.execute("create or replace table core.dim_team as select '\\x00'::blob as bytes")
    (table,) = published_tables(file, {}, ("core",))
    with pytest.raises(HelpdeskError, match=r"^core\.dim_team\.bytes: PostgreSQL has no type for every BLOB"):
        table.type_of(table.columns[0])


def test_the_models_declare_the_keys_of_what_bi_tools_join() -> None:
    grains = declared_grains()
    assert grains["core.fct_tickets"].key == ("ticket_key",)
    assert grains["core.dim_agent"] == Grain(("agent_key",), frozenset({"agent_key"}))
    assert len(grains["marts.kpi_values"].key) == 9
    assert set(INDEXES) <= set(grains)


def test_other_tests_of_a_model_are_no_grain(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "core"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(
        "models:\n  - name: a\n    data_tests: [unique, {grain: {arguments: {columns: [k]}}}]\n  - name: b\n"
    )
    (folder / "empty.yml").write_text("")
    assert declared_grains(tmp_path) == {"core.a": Grain(("k",), frozenset())}
