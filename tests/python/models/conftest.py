import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun, compile_models, without_kpis


@pytest.fixture(scope="session")
def compiled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(scope="session")
def compiled_models(compiled_folder: Path) -> list[tuple[str, str]]:
    return compile_models(compiled_folder)


@pytest.fixture(scope="session")
def manifest(compiled_folder: Path, compiled_models: list[tuple[str, str]]) -> dict[str, Any]:
    """dbt's manifest of the compiled project."""
    assert compiled_models
    found: dict[str, Any] = json.loads((compiled_folder / "manifest.json").read_text())
    return found


@pytest.fixture(scope="session")
def model_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    return ModelRun(compiled_models, load_streams())


@pytest.fixture(scope="session")
def lifecycle_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    """Only what the facts of tickets need; the KPI marts above them are left out."""
    return ModelRun(without_kpis(compiled_models), load_streams())
