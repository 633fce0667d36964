"""dbt's own documentation as one page: models, their SQL, their tests and what is built on what.

``dbt docs generate`` would compile every model again and write down the machine it ran on. The page that
comes with dbt is filled here from the project as it was parsed, and only with what is named below.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from orchestration.dictionary.tables import Table

FILE = "dbt.html"
_KINDS = ("model", "seed", "test")
_TOLD = (
    *("unique_id", "resource_type", "name", "package_name", "path", "original_file_path", "fqn", "schema"),
    *("alias", "description", "columns", "tags", "meta", "depends_on", "raw_code", "language", "docs"),
    *(
        "contract",
        "test_metadata",
        "column_name",
        "source_name",
        "source_description",
        "identifier",
        "loader",
    ),
    *("label", "type", "maturity", "owner", "url"),
)
_OF_COLUMN = ("name", "description", "data_type", "tags", "meta")
_OF_CONFIG = ("materialized", "severity", "enabled")
# dbt's page has its script inside; beyond itself it may neither load nor send anything.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline';"
    " img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_CHANGES = {
    "<head>": f'<head><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<meta name="referrer" content="no-referrer">',
    "${require('./assets/favicons/favicon.ico')}": "../assets/icon.svg",
    # Filled in later, these would be looked for on the disk first.
    'xlink:href="{{ getIcon': 'ng-attr-xlink:href="{{ getIcon',
}
_MANIFEST, _CATALOG = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'
_OVERVIEW = """### How the figures are made
Every model with its SQL, its columns, its tests and what it is built on, of the code that made this
publication. What is published stands in [the data dictionary](index.html), the shorter way to a column.

Open a model on the left, or a figure's way through the models: the green button on the lower right.
"""


def write_dbt_docs(folder: Path, manifest: Mapping[str, Any], tables: Iterable[Table]) -> None:
    """Write the page.

    Args:
        folder: Where; its parent has the site's icon.
        manifest: dbt's manifest of the project.
        tables: What is published, for the types of columns.

    Raises:
        ValueError: The page that comes with dbt is another one than this was written for.
        OSError: The folder cannot be written.
    """
    template = files("dbt.task.docs").joinpath("index.html").read_text(encoding="utf-8")
    for place in (*_CHANGES, _MANIFEST, _CATALOG):
        if place not in template:
            raise ValueError(f"dbt's page has no {place}: it is another one than this was written for")
    for place, text in _CHANGES.items():
        template = template.replace(place, text)
    told = _manifest(manifest)
    template = template.replace(_MANIFEST, _script(told)).replace(_CATALOG, _script(_catalog(told, tables)))
    (folder / FILE).write_text(template, encoding="utf-8")


def _manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    nodes = {key: _node(node) for key, node in manifest["nodes"].items() if node["resource_type"] in _KINDS}
    return {
        "metadata": {
            name: manifest["metadata"][name]
            for name in ("dbt_schema_version", "dbt_version", "project_name", "adapter_type")
        },
        "nodes": nodes,
        "sources": {key: _node(node) for key, node in manifest["sources"].items()},
        "exposures": {key: _node(node) for key, node in manifest["exposures"].items()},
        "parent_map": manifest["parent_map"],
        "child_map": manifest["child_map"],
        **{kind: {} for kind in ("macros", "metrics", "semantic_models", "saved_queries", "unit_tests")},
        "docs": {
            "doc.dbt.__overview__": {
                "name": "__overview__",
                "package_name": manifest["metadata"]["project_name"],
                "block_contents": _OVERVIEW,
            }
        },
        **{kind: {} for kind in ("groups", "selectors", "disabled", "functions")},
    }


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: node[name] for name in _TOLD if name in node}
    if "columns" in told:
        told["columns"] = {
            key: {name: column[name] for name in _OF_COLUMN if name in column}
            for key, column in told["columns"].items()
        }
    if "refs" in node:
        # By name, as the page looks for them.
        told["refs"] = [ref["name"] for ref in node["refs"]]
    config = node.get("config") or {}
    return told | {"config": {name: config[name] for name in _OF_CONFIG if name in config}}


def _catalog(told: Mapping[str, Any], tables: Iterable[Table]) -> dict[str, Any]:
    keys = {f"{node['schema']}.{node['name']}": key for key, node in told["nodes"].items()}
    return {
        "metadata": {},
        "errors": None,
        "sources": {},
        "nodes": {
            keys[table.full_name]: {
                "metadata": {"type": "table", "schema": table.schema, "name": table.name},
                "columns": {
                    column.name: {"name": column.name, "type": column.data_type, "index": at}
                    for at, column in enumerate(table.columns, start=1)
                },
                "stats": {},
            }
            for table in tables
            if table.full_name in keys
        },
    }


def _script(value: object) -> str:
    """JSON that ends no script element, whatever a model says."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
