from pathlib import Path

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun, compile_models


@pytest.fixture(scope="session")
def compiled_models(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    folder: Path = tmp_path_factory.mktemp("compiled")
    return compile_models(folder)


@pytest.fixture(scope="session")
def model_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    return ModelRun(compiled_models, load_streams())


@pytest.fixture(scope="session")
def lifecycle_run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    """Only what the facts of tickets need; the KPI marts above them are left out."""
    core = [
        model
        for model in compiled_models
        if '"marts"' not in model[0] and '"kpi_observations"' not in model[0]
    ]
    return ModelRun(core, load_streams())
