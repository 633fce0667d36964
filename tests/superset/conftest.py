"""Apache Superset with the shipped dashboard on a published warehouse: ``make superset-test``."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from orchestration.warehouse import PROJECT_ROOT, Warehouse

from .served import Analyst, Served, serve

ASSETS = PROJECT_ROOT / "deploy" / "superset" / "assets"


def superset_python() -> Path:
    """The Python of Superset's own environment."""
    folder = Path(os.environ.get("HELPDESK_SUPERSET", PROJECT_ROOT / "target" / "superset")).absolute()
    python = folder / "bin" / "python"
    assert python.exists(), f"{python}: Superset is not installed; make setup-superset first"
    return python


def published_file() -> Path:
    """The published file: of the shipped samples, as ``make run`` leaves it."""
    file = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", PROJECT_ROOT / "warehouse"))).published_file
    assert file.exists(), f"{file}: nothing is published there; make run first"
    return file.absolute()


@pytest.fixture(scope="session")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Superset, started for the first time, on a copy of what is published."""
    folder = tmp_path_factory.mktemp("superset")
    (folder / "warehouse").mkdir()
    shutil.copy(published_file(), folder / "warehouse")
    with serve(superset_python(), folder / "warehouse", folder / "home") as served:
        yield served


@pytest.fixture(scope="session")
def analyst(superset: Served) -> Analyst:
    assert superset.password
    return Analyst(superset.address, superset.password)


@pytest.fixture(scope="session")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, as this project's own DuckDB reads it."""
    with duckdb.connect(str(published_file()), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def charts() -> dict[str, dict]:
    """The shipped charts, by what they are called."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ASSETS / "charts").glob("*.yaml")]
    return {chart["slice_name"]: chart for chart in files}
