"""What is published, table by table, as the yml beside each model and ``meta.toml`` describe it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.dictionary.references import references_of
from orchestration.dictionary.units import unit_of

_META = Path(__file__).with_name("meta.toml")
_GRAIN = "-- Grain: "
SCHEMAS = ("marts", "core", "meta")


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: Its name.
        data_type: Its type; of a model as its contract says, in a database as that says.
        description: What it holds, one line.
        unit: Unit of a number; None of anything else.
        refers_to: The column whose value it is, such as ``core.dim_agent.agent_key``; None of most.
    """

    name: str
    data_type: str
    description: str
    unit: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        schema: ``core``, ``marts`` or ``meta``.
        name: Its name.
        grain: What one row is, as line one of its model says.
        description: What it holds, one line.
        columns: Its columns, in their order.
    """

    schema: str
    name: str
    grain: str
    description: str
    columns: tuple[Column, ...]

    @property
    def full_name(self) -> str:
        """Schema and name, with a dot between them."""
        return f"{self.schema}.{self.name}"


def documented_tables(manifest: Mapping[str, Any]) -> list[Table]:
    """Every table that is published: marts, core and meta, each by name.

    Args:
        manifest: dbt's manifest of the project.
    """
    references = references_of(manifest)
    models = [_of_model(node, references) for node in published_models(manifest)]
    tables = models + meta_tables()
    return sorted(tables, key=lambda table: (SCHEMAS.index(table.schema), table.name))


def published_models(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The nodes of the models that are published.

    Args:
        manifest: dbt's manifest of the project.
    """
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in ("core", "marts")
    ]


def meta_tables() -> list[Table]:
    """The tables of schema meta, which no model makes."""
    return [
        Table(
            "meta",
            name,
            told["grain"],
            told["description"],
            tuple(
                Column(column, data_type, description, unit_of(f"meta.{name}", column, data_type))
                for column, (data_type, description) in told["columns"].items()
            ),
        )
        for name, told in tomllib.loads(_META.read_text(encoding="utf-8")).items()
    ]


def _of_model(node: Mapping[str, Any], references: Mapping[tuple[str, str], str]) -> Table:
    name = f"{node['schema']}.{node['name']}"
    return Table(
        node["schema"],
        node["name"],
        _sentence(node["raw_code"].partition("\n")[0].removeprefix(_GRAIN)),
        _sentence(node["description"]),
        tuple(
            Column(
                column["name"],
                column["data_type"],
                _sentence(column["description"]),
                unit_of(name, column["name"], column["data_type"]),
                references.get((name, column["name"])),
            )
            for column in node["columns"].values()
        ),
    )


def _sentence(text: str) -> str:
    return " ".join(text.split())
