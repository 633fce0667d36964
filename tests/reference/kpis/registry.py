"""The registered KPIs: their ids and the slices in which each is told, from the registry's own file."""

import csv
from pathlib import Path

_REGISTRY = Path(__file__).parents[3] / "seeds" / "kpi_registry.csv"


def registered_slices() -> dict[str, list[str]]:
    """The slices of every registered KPI by its id."""
    with _REGISTRY.open(encoding="utf-8", newline="") as lines:
        return {row["kpi_id"]: row["slices"].split() for row in csv.DictReader(lines)}
