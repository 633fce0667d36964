"""Many readers, each a process of its own, beside publications and rollbacks that come as fast as they go."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import publish
from orchestration.publishing.record import read_publication
from orchestration.publishing.rollback import roll_back
from orchestration.publishing.versions import kept_versions
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.soak.desk import Desk
from tests.soak.report import Report
from tests.soak.whole import must, whole

_READER = "tests.soak.reader"
_ROLLBACKS = 0.15
_KEEP = 7


def read_while_publishing(
    desk: Desk, folder: Path, report: Report, *, readers: int, minutes: float, seed: int
) -> None:
    """Let readers open, query and hold what is published while it is replaced again and again.

    Args:
        desk: The helpdesk, whose undisturbed publication is published with another mark each time.
        folder: Where the warehouse of this part lies.
        report: Takes what was tried.
        readers: How many processes.
        minutes: How long.
        seed: Of chance.
    """
    root = folder / "read"
    shutil.rmtree(root, ignore_errors=True)
    warehouse = Warehouse(shutil.copytree(desk.undisturbed.root, root))
    draw = random.Random(seed)
    _publish_marked(warehouse, 0)
    report.attempt(
        f"{readers} readers beside {minutes:g} minutes of publications",
        f"seed {seed}",
        lambda: _read(warehouse, draw, report, readers=readers, seconds=60 * minutes),
    )
    shutil.rmtree(root, ignore_errors=True)


def _read(warehouse: Warehouse, draw: random.Random, report: Report, *, readers: int, seconds: float) -> str:
    publications = rollbacks = 0
    with _running_readers(warehouse, readers, draw) as processes:
        ends = time.monotonic() + seconds
        told = time.monotonic()
        while time.monotonic() < ends:
            if draw.random() < _ROLLBACKS and publications > _KEEP:
                published = read_publication(warehouse)
                kept = kept_versions(warehouse, published)
                roll_back(warehouse, draw.choice(kept).run_id)
                rollbacks += 1
            else:
                publications += 1
                _publish_marked(warehouse, publications)
            if time.monotonic() - told > 30:
                told = time.monotonic()
                report.say(f"  {publications} publications, {rollbacks} rollbacks")
                must(all(process.poll() is None for process in processes), "a reader ended")
        figures = [_end(process) for process in processes]
    must(
        not any(figure["errors"] for figure in figures),
        str([f["errors"] for f in figures if f["errors"]][:3]),
    )
    whole(warehouse, checks=0)
    totals = {name: sum(figure[name] for figure in figures) for name in ("opened", "queries", "versions")}
    fewest = min(figure["versions"] for figure in figures)
    line = (
        f"{publications} publications and {rollbacks} rollbacks under {readers} readers: {totals['opened']}"
        f" connections, {totals['queries']} queries, {fewest} versions or more seen by each, no error"
    )
    report.notes.append(line)
    return line


@contextmanager
def _running_readers(
    warehouse: Warehouse, readers: int, draw: random.Random
) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", _READER, str(warehouse.published_file), str(draw.randrange(10**6))],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(readers)
    ]
    try:
        for process in processes:
            must(
                process.stdout is not None and process.stdout.readline() == "reading\n",
                "a reader did not start",
            )
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
            process.wait()


def _end(process: subprocess.Popen[str]) -> dict:
    said, _ = process.communicate("end\n")
    return json.loads(said)


def _publish_marked(warehouse: Warehouse, mark: int) -> None:
    """Publish the same tables with a mark in two of them and in the name of the run."""
    record = read_publication(warehouse)
    assert record is not None
    run_id = f"mark-{mark}"
    with hold_warehouse(warehouse, run_id=run_id):
        with duckdb.connect(str(warehouse.publication_file)) as connection:
            connection.execute(
                "create or replace table core.soak as select cast(? as bigint) as mark from range(9999)",
                [mark],
            )
            connection.execute(
                "create or replace table marts.soak as select cast(? as bigint) as mark", [mark]
            )
        publish(warehouse, replace(record, run_id=run_id, published_at=datetime.now(UTC)), keep=_KEEP)
