"""From which build an incremental run may go on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from orchestration.publishing.builds import Build, build_to_go_on_from, forget_build, record_build

AS_OF = datetime(2024, 5, 7, tzinfo=UTC)
LOADED_AT = datetime(2024, 5, 7, 2)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A build file in which a build of two landings is noted."""
    with duckdb.connect() as connection:
        connection.execute("create schema meta")
        connection.execute("create table meta.loads (loaded_at timestamp)")
        loads = [[LOADED_AT - timedelta(days=1)], [LOADED_AT]]
        connection.executemany("insert into meta.loads values (?)", loads)
        record_build(connection, engine="duckdb", rules="r1", as_of=AS_OF, built_at=AS_OF)
        yield connection


def _found(connection: duckdb.DuckDBPyConnection, **other: object) -> Build | None:
    asked = {"engine": "duckdb", "rules": "r1", "as_of": AS_OF, **other}
    return build_to_go_on_from(connection, **asked)


def test_the_last_build_tells_its_as_of_and_its_newest_landing(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    build = Build(as_of=AS_OF.replace(tzinfo=None), loaded_through=LOADED_AT)
    assert _found(connection) == build
    assert _found(connection, as_of=AS_OF + timedelta(days=1)) == build


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"rules": "r2"}, id="other code or settings"),
        pytest.param({"engine": "spark"}, id="another engine"),
        pytest.param({"as_of": AS_OF - timedelta(seconds=1)}, id="it knows what has not happened yet"),
    ],
)
def test_everything_is_built_anew_when_the_tables_would_be_others(
    connection: duckdb.DuckDBPyConnection, other: dict[str, object]
) -> None:
    assert _found(connection, **other) is None


def test_a_later_build_replaces_the_one_before(connection: duckdb.DuckDBPyConnection) -> None:
    later = AS_OF + timedelta(days=1)
    connection.execute("insert into meta.loads values (?)", [LOADED_AT + timedelta(days=1)])
    record_build(connection, engine="duckdb", rules="r2", as_of=later, built_at=later)
    assert _found(connection, as_of=later) is None
    found = _found(connection, as_of=later, rules="r2")
    assert found == Build(later.replace(tzinfo=None), LOADED_AT + timedelta(days=1))


def test_a_build_that_is_forgotten_is_not_gone_on_from(connection: duckdb.DuckDBPyConnection) -> None:
    record_build(connection, engine="spark", rules="r1", as_of=AS_OF, built_at=AS_OF)
    forget_build(connection, "duckdb")
    assert _found(connection) is None
    assert _found(connection, engine="spark") is not None


def test_without_any_landing_nothing_is_gone_on_from() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema meta")
        connection.execute("create table meta.loads (loaded_at timestamp)")
        record_build(connection, engine="duckdb", rules="r1", as_of=AS_OF, built_at=AS_OF)
        assert _found(connection) is None
