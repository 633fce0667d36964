"""Which column holds the key of which table: dbt's relationship tests, and keys by their names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_REF = re.compile(r"ref\('(\w+)'\)")


def references_of(manifest: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Every column of core and marts that holds a key of another table of core, or of the registry of KPIs.

    A table of core with one row per ``…_key`` is what columns named so, or ending so (``last_agent_key``),
    mean. Other names (``requester_key``, ``channel``) mean what a relationship test says of them.

    Args:
        manifest: dbt's manifest of the project.

    Returns:
        By table (``core.fct_calls``) and column: the table and column that is meant.
    """
    published = {
        key: f"{node['schema']}.{node['name']}"
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] in ("core", "marts")
    }
    keys = {
        columns[0]: published[model]
        for model, columns in _grains(manifest)
        if model in published and published[model].startswith("core.") and _is_key(columns)
    }
    found = {}
    for model, table in published.items():
        for column in manifest["nodes"][model]["columns"]:
            meant = next((key for key in keys if column == key or column.endswith(f"_{key}")), None)
            if meant and keys[meant] != table:
                found[table, column] = f"{keys[meant]}.{meant}"
    by_name = {table.partition(".")[2]: table for table in published.values()}
    for model, arguments in _tests(manifest, "relationships"):
        target = _REF.search(arguments["to"])
        if model in published and target and target[1] in by_name:
            meant = f"{by_name[target[1]]}.{arguments['field']}"
            found[published[model], arguments["column_name"]] = meant
    return found


def key_of(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """The columns of which each published table has one row a value.

    Args:
        manifest: dbt's manifest of the project.
    """
    nodes = manifest["nodes"]
    return {
        f"{nodes[model]['schema']}.{nodes[model]['name']}": columns for model, columns in _grains(manifest)
    }


def _is_key(columns: list[str]) -> bool:
    return len(columns) == 1 and columns[0].endswith("_key")


def _grains(manifest: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for model, arguments in _tests(manifest, "grain"):
        yield model, arguments["columns"]


def _tests(manifest: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for node in manifest["nodes"].values():
        told = node.get("test_metadata")
        if told and told["name"] == name and node.get("attached_node") in manifest["nodes"]:
            yield node["attached_node"], told["kwargs"]
