"""What is incremental: the models' SQL as dbt compiles it for a run that goes on from an earlier build."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.warehouse import PROJECT_ROOT
from tests.python.models.compiled import ordered_models


@dataclass(frozen=True)
class IncrementalModel:
    """A model that keeps what it built: its relation, the SQL of its news, how they are put in place."""

    relation: str
    news: str
    key: str
    forgets_first: bool


def compile_incremental(folder: Path, manifest: dict[str, Any]) -> None:
    """Compile the incremental models as dbt does when their tables are there.

    Args:
        folder: An empty folder; dbt's manifest in it has their SQL.
        manifest: dbt's manifest of the project.
    """
    (folder / "private").mkdir()
    with duckdb.connect(str(folder / "private" / "build.duckdb")) as build:
        for schema in {node["schema"] for node in _incremental_nodes(manifest)}:
            build.execute(f"create schema {schema}")
        for node in _incremental_nodes(manifest):
            # dbt only asks whether there is such a table.
            build.execute(f"create table {node['schema']}.{node['alias']} (ticket_key varchar)")
    dbt = Path(sys.executable).with_name("dbt")
    command = [
        dbt,
        "--quiet",
        "compile",
        "--select",
        "config.materialized:incremental",
        "--profiles-dir",
        ".",
    ]
    subprocess.run(
        [*command, "--target-path", folder, "--log-path", folder],
        cwd=PROJECT_ROOT,
        env=os.environ | {"HELPDESK_WAREHOUSE": str(folder)},
        check=True,
    )


def _incremental_nodes(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["config"]["materialized"] == "incremental"]


def incremental_models(manifest: dict[str, Any]) -> list[IncrementalModel]:
    """The incremental models that :func:`compile_incremental` compiled, as dbt_project.yml sets them up."""
    return [
        IncrementalModel(
            relation=node["relation_name"],
            news=node["compiled_code"],
            key=node["config"]["unique_key"],
            forgets_first=any(
                "forget_rebuilt_tickets()" in hook["sql"] for hook in node["config"]["pre-hook"]
            ),
        )
        for node in _incremental_nodes(manifest)
    ]


def up_to_incremental(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """(Relation, SQL) of the incremental models and of all they are built from, in order."""
    wanted: dict[str, Any] = {}

    def visit(key: str) -> None:
        if key in manifest["nodes"] and key not in wanted:
            wanted[key] = manifest["nodes"][key]
            for parent in wanted[key]["depends_on"].get("nodes", []):
                visit(parent)

    for key, node in manifest["nodes"].items():
        if node["config"]["materialized"] == "incremental":
            visit(key)
    return ordered_models({"nodes": wanted})
