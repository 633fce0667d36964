"""Foreign clients on a published warehouse, ``HELPDESK_WAREHOUSE``; ``make clients`` runs these tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.warehouse import PROJECT_ROOT, Warehouse

from .sessions import CLIENTS, Session, session


@pytest.fixture(scope="session")
def published() -> Path:
    """The published file: of the shipped samples, as ``make run`` leaves it."""
    file = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", PROJECT_ROOT / "warehouse"))).published_file
    assert file.exists(), f"{file}: nothing is published there; make run first"
    return file.resolve()


@pytest.fixture(scope="session")
def own(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as the DuckDB of this project reads it."""
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session", params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    """The clients, one after the other."""
    return request.param


@pytest.fixture(scope="session")
def foreign(client: str, published: Path) -> Iterator[Session]:
    """A client that has the published file open."""
    with session(client, published) as opened:
        yield opened
