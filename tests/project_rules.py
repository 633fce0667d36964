"""The project's own rules for dbt models; run with ``python -m tests.project_rules``."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestration.dbt import dbt_project
from orchestration.warehouse import PROJECT_ROOT

_MAY_READ = {
    "staging": {"staging", "source"},
    "intermediate": {"staging", "intermediate", "seed"},
    "core": {"staging", "intermediate", "core", "seed"},
    "marts": {"core", "marts", "seed"},
}
_PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",), "core": ("fct_", "dim_", "bridge_")}
_SEEDS_OF_MARTS = {
    *("kpi_registry", "kpi_texts", "kpi_labels", "kpi_targets", "kpi_benchmarks"),
    *("kpi_slices", "kpi_statistics"),
}
# Anybody can compute a surrogate key, and ids of people are few.
_ID_OF_PERSON = re.compile(
    r"surrogate_key\(\[[^\]]*['.](agent|author|caller|customer|requester|reviewer|user|visitor)_id'"
)
_CLOCKS = ("current_timestamp", "current_date", "now()", "getdate(", "sysdate")


def violations(manifest: dict[str, Any], root: Path = PROJECT_ROOT) -> Iterator[str]:
    """Every broken rule as one line: which model, which rule."""
    nodes = manifest["nodes"]
    for node in nodes.values():
        if node["resource_type"] != "model":
            continue
        layer = Path(node["path"]).parts[0]
        name, text = node["name"], (root / node["original_file_path"]).read_text(encoding="utf-8")
        for parent in node["depends_on"]["nodes"]:
            kind, _, parent_name = parent.split(".")[:3]
            parent_layer = Path(nodes[parent]["path"]).parts[0] if kind == "model" else kind
            if parent_layer not in _MAY_READ[layer] or (
                layer == "marts" and kind == "seed" and parent_name not in _SEEDS_OF_MARTS
            ):
                yield f"{name}: a model of {layer} may not read {parent_layer} {parent_name}"
        if not text.startswith("-- Grain: one "):
            yield f"{name}: line one does not state the grain (-- Grain: one …)"
        if not text.rstrip().endswith("select * from final"):
            yield f"{name}: does not end in `select * from final`"
        if layer in _PREFIXES and not name.startswith(_PREFIXES[layer]):
            yield f"{name}: a model of {layer} begins with {' or '.join(_PREFIXES[layer])}"
        if any(clock in text.lower() for clock in _CLOCKS):
            yield f"{name}: reads the clock; read as_of from stg_warehouse__run"
        if _ID_OF_PERSON.search(text):
            yield f"{name}: a key with a person's id in it is a pseudonym, not a surrogate_key"
        if "{% if" in text or "{%- if" in text:
            yield f"{name}: Jinja logic in a model"
        if "target." in text or "adapter." in text:
            yield f"{name}: asks which engine it runs on; a difference is a dispatched macro"
        if not node["description"]:
            yield f"{name}: has no description in the yml beside it"
        if node["schema"] in ("core", "marts"):
            if not node["contract"]["enforced"]:
                yield f"{name}: its contract is not enforced"
            for column in node["columns"].values():
                if not column["description"]:
                    yield f"{name}.{column['name']}: has no description"


def main() -> int:
    manifest = json.loads(dbt_project().manifest_path.read_text(encoding="utf-8"))
    found = list(violations(manifest))
    sys.stdout.write("\n".join(found) + "\n" if found else "dbt project rules: all kept\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
