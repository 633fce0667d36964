import json
from collections.abc import Iterator
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun, compile_project, ordered_models
from tests.python.models.world_run import WorldRun
from tests.python.models.zendesk_lives import Records
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
def lifecycle_run(manifest: dict[str, Any]) -> ModelRun:
    """Only what the facts of tickets and the backlog need."""
    facts = ("fct_tickets", "fct_ticket_spells", "fct_backlog_daily")
    return ModelRun(ordered_models(manifest, *facts), load_streams())


@pytest.fixture(scope="session")
def world_run(manifest: dict[str, Any]) -> WorldRun:
    """Only what the facts of tickets, messages and service levels need."""
    facts = ("fct_tickets", "fct_ticket_spells", "fct_messages", "fct_reply_waits", "fct_sla_instances")
    return WorldRun(ordered_models(manifest, *facts))


@pytest.fixture(scope="session")
def records(manifest: dict[str, Any]) -> Records:
    """Only what the comparison with Zendesk's own times needs."""
    return Records(ordered_models(manifest, "vendor_time_reconciliation"))
