"""Columns of Superset's datasets, as the yml beside the models describes them.

Run ``python -m tests.superset_columns`` after changing a mart. What a dataset computes itself is described in
its own file, below ``deploy/superset/assets/datasets``.
"""

import re
import sys
from pathlib import Path
from typing import Any

import yaml

from orchestration.warehouse import PROJECT_ROOT

DATASETS = PROJECT_ROOT / "deploy" / "superset" / "assets" / "datasets"
MARTS = PROJECT_ROOT / "models" / "marts"
# dbt's portable names of types, and what Superset takes for them.
_TYPES = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "double": "DOUBLE",
    "string": "VARCHAR",
    "timestamp": "TIMESTAMP",
}
_TEMPORAL = ("DATE", "TIMESTAMP")
_MARTS_READ = re.compile(r"\bmarts\.(\w+)")

Column = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Writes SQL as lines, so that a change of it can be read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def columns_of_marts() -> dict[str, list[Column]]:
    """The columns of every mart, as Superset's files tell them."""
    found = {}
    for file in sorted(MARTS.rglob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            found[model["name"]] = [
                _column(column) for column in model.get("columns", []) if "data_type" in column
            ]
    return found


def described(dataset: dict[str, Any], marts: dict[str, list[Column]]) -> dict[str, Any]:
    """A dataset with the columns of its marts described as they are now.

    Args:
        dataset: One file of Superset's datasets.
        marts: The columns of every mart.

    Returns:
        The same; a table has all columns of its mart and what is computed from them, a query what it names.
    """
    if not dataset["sql"]:
        computed = [column for column in dataset["columns"] if column.get("expression")]
        return dataset | {"columns": marts[dataset["table_name"]] + computed}
    known = {
        column["column_name"]: column
        for mart in reversed(_MARTS_READ.findall(dataset["sql"]))
        for column in marts[mart]
    }
    return dataset | {"columns": [_with_name(known, column) for column in dataset["columns"]]}


def written(dataset: dict[str, Any]) -> str:
    """The file of a dataset."""
    return yaml.dump(dataset, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118)


def _with_name(known: dict[str, Column], column: Column) -> Column:
    """The column as its mart describes it, under the name that people see in Superset."""
    named = {"verbose_name": column["verbose_name"]} if "verbose_name" in column else {}
    return known.get(column["column_name"], column) | named


def _column(column: dict[str, Any]) -> Column:
    kind = _TYPES[column["data_type"]]
    return {
        "column_name": column["name"],
        "type": kind,
        "is_dttm": kind in _TEMPORAL,
        "description": " ".join(column["description"].split()),
    }


def _changed(file: Path, marts: dict[str, list[Column]]) -> str | None:
    now = file.read_text(encoding="utf-8")
    wanted = written(described(yaml.safe_load(now), marts))
    return wanted if wanted != now else None


def main() -> int:
    marts = columns_of_marts()
    changed = {file: text for file in sorted(DATASETS.glob("*.yaml")) if (text := _changed(file, marts))}
    if "--check" not in sys.argv:
        for file, text in changed.items():
            file.write_text(text, encoding="utf-8")
        return 0
    for file in changed:
        sys.stdout.write(
            f"{file.name}: not as the marts are described: run python -m tests.superset_columns\n"
        )
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
