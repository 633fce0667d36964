import json
from collections.abc import Iterator
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun, compile_project, ordered_models, without_kpis
from tests.python.once import made_once


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """dbt's manifest of the compiled project."""
    folder = made_once(tmp_path_factory, "compiled", compile_project)
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


@pytest.fixture(scope="session")
def compiled_models(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    return ordered_models(manifest)


@pytest.fixture(scope="session")
def model_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    return ModelRun(compiled_models, load_streams())


@pytest.fixture
def run(model_run: ModelRun) -> Iterator[ModelRun]:
    """The models without a record, and without one again afterwards."""
    model_run.forget_records()
    yield model_run
    model_run.forget_records()


@pytest.fixture(scope="session")
def lifecycle_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    """Only what the facts of tickets need; the KPI marts above them are left out."""
    return ModelRun(without_kpis(compiled_models), load_streams())
