"""What the models say makes one row of a table: their tests ``grain``, in the yml beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:
    # Ten times as quick.
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

from orchestration.warehouse import PROJECT_ROOT


@dataclass(frozen=True)
class Grain:
    """The columns that tell a row from all others, and those that are never NULL."""

    key: tuple[str, ...] = ()
    not_null: frozenset[str] = frozenset()


# What dashboards ask for by; all else is small enough to be read whole.
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "marts.kpi_values": (("kpi_id", "period_grain", "slice"),),
    "marts.kpi_scorecard": (("kpi_id", "period_grain", "slice"),),
    "core.fct_tickets": (("created_at",),),
    "marts.tickets": (("created_at",),),
    "core.fct_ticket_spells": (("ticket_key",),),
    "core.fct_backlog_daily": (("date_day",),),
}


def declared_grains(project_root: Path = PROJECT_ROOT) -> dict[str, Grain]:
    """The grain of every published model that declares one.

    Args:
        project_root: The folder that holds ``models``.

    Returns:
        Grains by ``schema.table``.
    """
    grains = {}
    for schema in ("core", "marts"):
        for path in sorted((project_root / "models" / schema).rglob("*.yml")):
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader) or {}
            for model in content.get("models", []):
                for test in model.get("data_tests", []):
                    if isinstance(test, dict) and "grain" in test:
                        grains[f"{schema}.{model['name']}"] = _grain(test["grain"])
    return grains


def _grain(test: dict[str, Any]) -> Grain:
    arguments = test.get("arguments", test)
    return Grain(tuple(arguments["columns"]), frozenset(arguments.get("not_null", ())))
