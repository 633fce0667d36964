"""The build: a whole refresh by step, layer and model, against one bare group by on the same raw records."""

import resource
import subprocess
import sys
from pathlib import Path

import duckdb
from dagster import DagsterEventType, DagsterInstance

from bench.extracts import AS_OF
from bench.layers import show_layers
from bench.measure import Timing, seconds, show
from orchestration.dagster_home import prepare_dagster_home
from orchestration.warehouse import Warehouse

_STEPS = {
    "land_extracts": "landing",
    "check_raw": "checks of raw data",
    "build_models": "models and their tests",
    "check_publication": "checks of what is published",
    "published__helpdesk": "publication",
}


def bench_build(extracts: Path, warehouse: Warehouse) -> None:
    """Refresh into a new warehouse, and print seconds by step, layer, model and test, and peak memory.

    Args:
        extracts: The folder of extracts.
        warehouse: The warehouse; afterwards it holds a publication.
    """
    whole = seconds(lambda: _refresh(extracts, warehouse))
    # Of the largest process there was: that of dbt, in which DuckDB builds.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    reference = ("bare group by: events per ticket", seconds(lambda: _count_events(warehouse), repeats=3))
    steps, models, tests = told_by_dagster(warehouse)
    starting = whole - sum(taken for _, taken in steps)
    rest = [("starting: Dagster, dbt's parser", starting), ("the whole refresh", whole)]
    show("A refresh, by step", reference, [*steps, *rest])
    show_layers(steps, models, tests, whole)
    notes = ["dbt runs two at once: sums are more than the step.", f"Peak memory: {memory:.1f} GiB."]
    show("The ten slowest models", reference, _slowest(models, "models"), notes)
    show("The ten slowest data tests", reference, _slowest(tests, "data tests"))


def _refresh(extracts: Path, warehouse: Warehouse) -> None:
    command: list[str | Path] = [Path(sys.executable).with_name("helpdesk"), "refresh"]
    folders = ["--extracts", extracts, "--warehouse", warehouse.root]
    subprocess.run([*command, *folders, "--as-of", AS_OF.isoformat()], stdout=subprocess.DEVNULL, check=True)


def _slowest(timings: list[Timing], kind: str) -> list[Timing]:
    total = (f"all {len(timings)} {kind}", sum(taken for _, taken in timings))
    return [*sorted(timings, key=lambda timing: -timing[1])[:10], total]


def _count_events(warehouse: Warehouse) -> None:
    with duckdb.connect(warehouse.build_file, read_only=True) as connection:
        connection.execute(
            "create temp table event_counts as"
            " select ticket_id, count(*) as event_count from raw_generic.ticket_events group by ticket_id"
        )


def told_by_dagster(warehouse: Warehouse) -> tuple[list[Timing], list[Timing], list[Timing]]:
    """Seconds of the last run's steps, models and data tests; dbt's own run results are gone with the run.

    Args:
        warehouse: A refreshed warehouse; only read.
    """
    models: list[Timing] = []
    tests: list[Timing] = []
    with DagsterInstance.from_config(str(prepare_dagster_home(warehouse))) as instance:
        run_id = instance.get_runs(limit=1)[0].run_id
        stats = {step.step_key: step for step in instance.get_run_step_stats(run_id)}
        for record in instance.all_logs(run_id):
            event = record.dagster_event
            if event is None:
                continue
            if event.event_type == DagsterEventType.ASSET_MATERIALIZATION:
                _append(models, event.step_materialization_data.materialization.metadata)
            elif event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
                _append(tests, event.asset_check_evaluation_data.metadata)
    steps = [
        (name, (stats[key].end_time or 0) - (stats[key].start_time or 0)) for key, name in _STEPS.items()
    ]
    return steps, models, tests


def _append(timings: list[Timing], metadata: object) -> None:
    if isinstance(metadata, dict) and "Execution Duration" in metadata:
        name = str(metadata["unique_id"].value).split(".")[2]
        timings.append((name, float(metadata["Execution Duration"].value)))
