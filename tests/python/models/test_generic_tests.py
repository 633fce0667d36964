"""The generic dbt tests of tests/dbt/generic, each run on rows that pass and on rows that fail."""

from collections.abc import Sequence

import duckdb
import pytest

from tests.python.models.rendered import render

Rows = Sequence[tuple[str | None, str | None]]
BY_NATURAL_KEY = "{{ test_grain('tickets', ['source_account', 'ticket_id']) }}"
BY_KNOWN_KEY = "{{ test_grain('tickets', ['source_account', 'ticket_id'], ['ticket_id']) }}"


FILLED = "{{ test_not_null_columns('tickets', ['source_account', 'ticket_id']) }}"


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The queries that dbt runs for the tests: what they return are the failures."""
    return render(
        {"by_natural_key": BY_NATURAL_KEY, "by_known_key": BY_KNOWN_KEY, "filled": FILLED},
        tmp_path_factory.mktemp("generic"),
    )


@pytest.fixture(scope="module")
def failing_rows_query(queries: dict[str, str]) -> str:
    """The query of grain, without columns that must be filled."""
    return queries["by_natural_key"]


def _failures(query: str, rows: Rows) -> list[tuple]:
    with duckdb.connect() as connection:
        connection.execute("create table tickets (source_account varchar, ticket_id varchar)")
        if rows:
            connection.executemany("insert into tickets values (?, ?)", rows)
        return sorted(connection.execute(query).fetchall(), key=str)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no rows"),
        pytest.param([("main", "T1"), ("main", "T2"), ("emea", "T1")], id="one column repeats, never both"),
        pytest.param([("main", None), ("emea", None), (None, "T1")], id="missing parts that differ"),
    ],
)
def test_different_combinations_pass(failing_rows_query: str, rows: Rows) -> None:
    assert _failures(failing_rows_query, rows) == []


def test_each_repeated_combination_is_one_failure_with_its_number_of_rows(failing_rows_query: str) -> None:
    rows = [("main", "T1"), ("main", "T1"), ("main", "T1"), ("emea", "T1"), ("emea", "T2"), ("emea", "T2")]
    assert _failures(failing_rows_query, rows) == [("emea", "T2", 2), ("main", "T1", 3)]


def test_a_repeated_combination_with_a_missing_part_is_a_failure(failing_rows_query: str) -> None:
    assert _failures(failing_rows_query, [("main", None), ("main", None)]) == [("main", None, 2)]


def test_a_row_with_any_of_the_columns_missing_is_a_failure(queries: dict[str, str]) -> None:
    rows = [("main", "T1"), (None, "T2"), ("main", None), (None, None), ("emea", "T3")]
    assert _failures(queries["filled"], rows) == [("main", None), (None, "T2"), (None, None)]


def test_a_grain_is_broken_by_repeated_rows_and_by_missing_columns(queries: dict[str, str]) -> None:
    rows = [("main", "T1"), (None, "T2"), ("main", None), ("emea", "T3"), ("emea", "T3")]
    assert _failures(queries["by_known_key"], rows) == [("emea", "T3", 2), ("main", None, 0)]
