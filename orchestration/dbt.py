"""The dbt project as orchestration sees it: its manifest, and what its tests said."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dagster_dbt import DbtProject

from orchestration.errors import HelpdeskError, UsageError
from orchestration.expectations.results import CheckResult, Status
from orchestration.project_files import is_parsed
from orchestration.warehouse import PROJECT_ROOT


@cache
def dbt_project() -> DbtProject:
    """The dbt project, with a manifest that is as new as its files.

    Raises:
        UsageError: It has to be parsed anew, and this user may not write it.
        HelpdeskError: dbt cannot parse the project; the message is dbt's own.
    """
    # Whoever starts Python by its path has no virtual environment on PATH, where dbt is looked for.
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    project = DbtProject(project_dir=PROJECT_ROOT, profiles_dir=PROJECT_ROOT)
    if not is_parsed(project.manifest_path):
        _parse(project.manifest_path.parent)
    return project


def _parse(target: Path) -> None:
    if not os.access(target if target.exists() else PROJECT_ROOT, os.W_OK):
        raise UsageError(
            f"{target}: has to be written anew, as models have changed, and this user may not;"
            f" let its owner run: make -C {PROJECT_ROOT} ready"
        )
    command = [
        str(Path(sys.executable).with_name("dbt")),
        *("--quiet", "parse", "--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
        *("--target-path", str(target)),
    ]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise HelpdeskError(f"dbt cannot parse the project:\n{done.stdout.strip() or done.stderr.strip()}")


def load_manifest() -> dict[str, Any]:
    """The project's manifest, in which every data test says at which model it is shown.

    Raises:
        HelpdeskError: dbt cannot parse the project.
    """
    manifest: dict[str, Any] = json.loads(dbt_project().manifest_path.read_text(encoding="utf-8"))
    for node in manifest["nodes"].values():
        tested = manifest["nodes"].get(_tested_key(node)) if node["resource_type"] == "test" else None
        if tested and not node.get("attached_node"):
            # Dagster leaves out a test over several models unless it names one of them.
            node["config"].setdefault("meta", {}).setdefault("dagster", {"ref": {"name": tested["name"]}})
    return manifest


def failed_nodes(run_results: Path) -> list[str]:
    """One line per model or seed that could not be built: its name and the database's complaint.

    Args:
        run_results: A ``run_results.json`` of dbt; a missing file has no lines.
    """
    return [
        f"{result['unique_id'].split('.')[2]}: {' '.join(str(result['message']).split())}"
        for result in _results(run_results)
        if result["status"] == "error" and not result["unique_id"].startswith("test.")
    ]


def failed_queries(run_results: Path) -> list[tuple[str, str]]:
    """Name and compiled SQL of every node that could not be built and every data test that found something.

    Args:
        run_results: A ``run_results.json`` of dbt; a missing file has none.
    """
    return [
        (result["unique_id"].split(".")[2], result["compiled_code"])
        for result in _results(run_results)
        if result["status"] in ("error", "fail", "warn") and result.get("compiled_code")
    ]


def data_test_results(run_results: Path, manifest: Mapping[str, Any]) -> Iterator[CheckResult]:
    """What dbt's data tests said.

    Args:
        run_results: A ``run_results.json`` of dbt; a missing file has no results.
        manifest: The manifest of the project, for severities and tested models.

    Yields:
        One result per data test that ran; a test that could not run has the status ``error``.
    """
    statuses: dict[str, Status] = {"pass": "passed", "warn": "failed", "fail": "failed", "error": "error"}
    for result in _results(run_results):
        node = manifest["nodes"].get(result["unique_id"], {})
        if node.get("resource_type") != "test" or result["status"] not in statuses:
            continue
        failures = result.get("failures") or 0
        yield CheckResult(
            check=node["name"],
            asset=_tested_asset(node, manifest),
            severity="warning" if node["config"]["severity"].lower() == "warn" else "error",
            status=statuses[result["status"]],
            observed=f"{failures:,} rows" if result["status"] != "error" else str(result["message"]),
            expectation=node.get("description") or "no rows",
        )


def _tested_key(node: Mapping[str, Any]) -> str | None:
    return node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), None)


def _tested_asset(node: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    key = _tested_key(node)
    tested = manifest["nodes"].get(key) or manifest["sources"].get(key) or {}
    return f"{tested.get('schema', 'dbt')}.{tested.get('name', node['name'])}"


def _results(run_results: Path) -> list[dict[str, Any]]:
    if not run_results.exists():
        return []
    try:
        results: list[dict[str, Any]] = json.loads(run_results.read_text(encoding="utf-8"))["results"]
    except ValueError:
        # dbt was ended, or the disk was full, while it wrote.
        return []
    return results
