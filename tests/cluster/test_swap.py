"""Readers of a cluster see one publication whole, or the next one whole, while publications are swapped."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.engines.cluster import Cluster, running_cluster
from tests.engines.dbt import run_dbt
from tests.engines.readers import reader

TABLES = ("core.fct_tickets", "core.fct_messages", "marts.kpi_values", "meta.publication")
_SEEN = """
    select
        (select max(run_id) from meta.publication),
        (select count(*) from core.fct_tickets),
        (select count(*) from core.fct_messages),
        (select count(*) from marts.kpi_values)
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def _write(lake: Path, publication: str, size: int, *, columns: str = "") -> None:
    """A publication whose tables have as many rows as its size says, each another multiple."""
    with duckdb.connect() as connection:
        for multiple, table in enumerate(TABLES, start=1):
            folder = lake / "publications" / publication / table.replace(".", "/")
            folder.mkdir(parents=True)
            rows = 1 if table == "meta.publication" else multiple * size
            connection.execute(
                f"copy (select '{publication}' as run_id, range as number {columns} from range({rows}))"
                f" to '{folder}/records.parquet'"
            )


def _swap(cluster: Cluster, lake: Path, publication: str, keep: list[str], folder: Path) -> str:
    arguments = {"lake": f"file://{lake}", "publication": publication, "tables": TABLES, "keep": keep}
    done = run_dbt(
        *("run-operation", "swap_publication", "--args", json.dumps(arguments)),
        target="spark",
        folder=folder,
        environment=cluster.environment,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _expected(publication: str, size: int) -> tuple[str, int, int, int]:
    return publication, size, 2 * size, 3 * size


def test_readers_see_each_publication_whole(cluster: Cluster, tmp_path: Path) -> None:
    lake, sizes = tmp_path / "lake", {f"run-{number}": 10 * number for number in range(1, 6)}
    for publication, size in sizes.items():
        _write(lake, publication, size)
    first, *later = sizes
    assert _swap(cluster, lake, first, [], tmp_path) == ""
    seen: list[tuple[object, ...]] = []
    problems: list[str] = []
    is_over = threading.Event()

    def read() -> None:
        with reader(cluster.host, cluster.port) as cursor:
            while not is_over.is_set():
                try:
                    cursor.execute(_SEEN)
                    seen.append(tuple(cursor.fetchone()))
                except Exception as error:
                    problems.append(str(error)[:500])
                    return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for each in readers:
        each.start()
    before = first
    for publication in later:
        assert _swap(cluster, lake, publication, [before], tmp_path) == ""
        before = publication
    is_over.set()
    for each in readers:
        each.join()
    assert problems == []
    assert set(seen) <= {_expected(*item) for item in sizes.items()}
    assert len({publication for publication, *_ in seen}) >= 3


def test_a_publication_may_have_a_column_more_or_less(cluster: Cluster, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    _write(lake, "wide-1", 3, columns=", 'new' as extra")
    assert _swap(cluster, lake, "wide-1", [], tmp_path) == ""
    with reader(cluster.host, cluster.port) as cursor:
        cursor.execute("select distinct run_id, extra from core.fct_tickets")
        assert cursor.fetchall() == [("wide-1", "new")]
        _write(lake, "narrow-1", 4)
        assert _swap(cluster, lake, "narrow-1", [], tmp_path) == ""
        cursor.execute("select * from core.fct_tickets limit 1")
        assert [column[0].split(".")[-1] for column in cursor.description] == ["run_id", "number"]


def test_a_column_of_another_type_is_refused_and_the_publication_stands(
    cluster: Cluster, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    _write(lake, "before", 3)
    assert _swap(cluster, lake, "before", [], tmp_path) == ""
    _write(lake, "other", 3, columns=", 1 as extra")
    assert "extra is int now and was string in earlier publications" in _swap(
        cluster, lake, "other", ["before"], tmp_path
    )
    with reader(cluster.host, cluster.port) as cursor:
        cursor.execute(_SEEN)
        assert tuple(cursor.fetchone()) == _expected("before", 3)
