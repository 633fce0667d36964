"""The comparison itself: it finds what differs, and lets pass what may."""

from pathlib import Path

import duckdb
import pytest

from tests.engines.compare import compare

_ROWS = (
    "select * from (values (1, 'a', 10.0::double), (2, null, null), (3, 'c', 0.3)) as rows (id, name, value)"
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "helpdesk.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema core")
        connection.execute(f"create table core.facts as {_ROWS}")
    return file


def _spark(folder: Path, query: str) -> dict[str, str]:
    """Parquet files as Spark would have left them."""
    folder.joinpath("facts").mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{folder / 'facts'}/part-0.parquet'")
    return {"core.facts": f"{folder / 'facts'}/*.parquet"}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(_ROWS, id="the same"),
        pytest.param(f"select * from ({_ROWS}) order by id desc", id="in another order"),
        pytest.param(
            f"select id, name, value * (1 + 1e-10) as value from ({_ROWS})", id="a float that was rounded"
        ),
    ],
)
def test_what_is_equal_is_equal(published: Path, tmp_path: Path, query: str) -> None:
    assert compare(published, _spark(tmp_path, query)) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"select id, name, value * (1 + 1e-8) as value from ({_ROWS})", "2 rows: differs"),
        (f"select id, name, coalesce(value, 0) as value from ({_ROWS})", "1 rows: differs"),
        (f"select id, coalesce(name, '') as name, value from ({_ROWS})", "2 rows: only"),
        (f"select * from ({_ROWS}) where id > 1", "1 rows: only duckdb"),
        (f"select * from ({_ROWS}) union all select * from ({_ROWS}) where id = 1", "1 rows: only spark"),
        (f"select id::bigint as id, name, value from ({_ROWS})", "other columns"),
        (f"select id, name from ({_ROWS})", "other columns"),
        (f"select name, id, value from ({_ROWS})", "in another order"),
    ],
)
def test_what_differs_is_said(published: Path, tmp_path: Path, query: str, said: str) -> None:
    (difference,) = compare(published, _spark(tmp_path, query))
    assert difference.table == "core.facts"
    assert said in difference.what


def test_a_table_that_only_one_engine_has_is_said(published: Path, tmp_path: Path) -> None:
    files = _spark(tmp_path, _ROWS)
    found = compare(published, {"core.others": files["core.facts"]})
    assert [(difference.table, difference.what) for difference in found] == [
        ("core.facts", "is missing on Spark"),
        ("core.others", "is only on Spark"),
    ]
