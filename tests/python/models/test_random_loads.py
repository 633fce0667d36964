"""After any sequence of loads the tables are those that a build from scratch of the same records gives.

More of them, compared up to core and marts: HELPDESK_TEST_EXAMPLES=300 HELPDESK_TEST_SEED=<number>.
"""

import json
import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.python.models.compiled import ordered_models
from tests.python.models.incremental_models import (
    compile_incremental,
    incremental_models,
    up_to_incremental,
)
from tests.python.models.incremental_run import IncrementalRun
from tests.python.models.random_loads import ACCOUNTS, START, Load, sequences
from tests.python.models.told_loads import SEQUENCES
from tests.python.once import made_once

EXAMPLES = int(os.environ.get("HELPDESK_TEST_EXAMPLES", "0"))
SEED = int(os.environ.get("HELPDESK_TEST_SEED", "1"))
IN_CI = 15


@pytest.fixture(scope="session")
def loads_run(manifest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> IncrementalRun:
    """Models that are not incremental are built from scratch anyway: in CI those that are say it all."""
    folder = made_once(
        tmp_path_factory, "compiled-incremental", lambda folder: compile_incremental(folder, manifest)
    )
    incremental = incremental_models(json.loads((folder / "manifest.json").read_text()))
    models = up_to_incremental(manifest)
    beyond = [model for model in ordered_models(manifest) if model not in models] if EXAMPLES else []
    return IncrementalRun(models, incremental, ACCOUNTS, beyond=beyond)


def differences_after(run: IncrementalRun, sequence: list[Load]) -> dict[str, list[dict[str, Any]]]:
    """Land load after load, going on from the build before; then what one from scratch makes otherwise."""
    run.start_anew()
    as_of = START
    for load in sequence:
        run.land(load.records)
        as_of += timedelta(hours=load.hours)
        run.go_on(as_of)
    return run.differences(as_of)


@pytest.mark.parametrize("name", SEQUENCES)
def test_what_reaches_back_is_built_anew(loads_run: IncrementalRun, name: str) -> None:
    assert differences_after(loads_run, SEQUENCES[name]) == {}
    assert loads_run.rows("select 1 from build.intermediate.int_ticket_states limit 1")


@seed(SEED)
@settings(
    max_examples=EXAMPLES or IN_CI,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(sequence=sequences)
def test_any_sequence_of_loads_gives_what_a_full_refresh_gives(
    loads_run: IncrementalRun, sequence: list[Load]
) -> None:
    assert differences_after(loads_run, sequence) == {}
