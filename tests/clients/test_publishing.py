"""Who has the file open through a new publication keeps what was opened; who opens it then sees the new."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.publish import replace_published_file
from orchestration.warehouse import Warehouse
from tests.python.report.small_publication import write_publication

from .sessions import CLIENTS, Session, session

_RUN = "select run_id, (select count(*) from marts.kpi_values) as figures from meta.publication"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    return warehouse


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def publish(warehouse: Warehouse, run_id: str, *, days: int) -> int:
    """Publish in the format of published files, as a refresh does; returns how many figures there are."""
    made = write_publication(warehouse.private_dir / f"{run_id}.made", teams=["A"], days=days, run_id=run_id)
    source = warehouse.private_dir / f"{run_id}.duckdb"
    with duckdb.connect() as connection:
        connection.execute("attach ? as made (read_only)", [str(made)])
        connection.execute("attach ? as published (storage_version 'v1.5.0')", [str(source)])
        connection.execute("copy from database made to published")
        ((figures,),) = connection.execute("select count(*) from made.marts.kpi_values").fetchall()
    replace_published_file(warehouse, source, run_id=run_id, mode=None)
    return figures


def told(opened: Session) -> tuple[str, int]:
    ((run_id, figures),) = opened.ask(_RUN)
    return run_id, int(figures)


def test_all_clients_at_once_keep_what_they_opened_through_a_new_publication(warehouse, stack):
    before = ("run-1", publish(warehouse, "run-1", days=2))
    readers = {client: stack.enter_context(session(client, warehouse.published_file)) for client in CLIENTS}
    assert {client: told(reader) for client, reader in readers.items()} == dict.fromkeys(CLIENTS, before)

    after = ("run-2", publish(warehouse, "run-2", days=40))

    assert after[1] > before[1]
    assert {client: told(reader) for client, reader in readers.items()} == dict.fromkeys(CLIENTS, before)
    for client in CLIENTS:
        with session(client, warehouse.published_file) as anew:
            assert told(anew) == after, client
