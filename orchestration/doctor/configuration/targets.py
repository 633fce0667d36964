"""Are the targets of seeds/kpi_targets.csv of figures that there are, and one at a time?

The build checks the same, as data tests, once everything is built: here it is told before.
"""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong
from orchestration.warehouse import PROJECT_ROOT

CLOCKS = {"calendar", "business", "none"}
_FIGURE = ("kpi_id", "variant", "statistic", "clock", "slice", "slice_value", "comparator")
_NAME = "kpi_targets.csv"

Row = dict[str, str]


def findings(case: Case, seeds: Path = PROJECT_ROOT / "seeds") -> Iterator[Finding]:
    """Rows that hold nobody to anything, or twice to the same."""
    targets = list(enumerate(_rows(seeds / _NAME), start=2))
    slices = {row["kpi_id"]: row["slices"].split() for row in _rows(seeds / "kpi_registry.csv")}
    statistics = {row["statistic"] for row in _rows(seeds / "kpi_statistics.csv")}
    faults = [
        f"seeds/{_NAME}: line {line}: {fault}"
        for line, row in targets
        for fault in _faults(row, slices, statistics)
    ]
    faults += [
        f"seeds/{_NAME}: lines {line} and {other}: two targets of one figure are in force at once"
        for (line, row), (other, second) in combinations(targets, 2)
        if all(row.get(name) == second.get(name) for name in _FIGURE) and _overlap(row, second)
    ]
    for fault in faults:
        yield wrong(fault, f"correct it; seeds/_kpi_seeds.yml says what a row of {_NAME} means")
    if not faults:
        yield ok(f"seeds/{_NAME}: {len(targets)} targets, each of a figure that there is")


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _faults(row: Row, slices: dict[str, list[str]], statistics: set[str]) -> Iterator[str]:
    known = {
        "kpi_id": set(slices),
        "statistic": statistics,
        "clock": CLOCKS,
        "slice": set(slices.get(row.get("kpi_id", ""), ["all"])),
        "comparator": {"at_least", "at_most"},
    }
    for column, values in known.items():
        if row.get(column) not in values:
            listed = f"there are {', '.join(sorted(values))}" if len(values) < 20 else "see docs/kpis.md"
            yield f"{column} {row.get(column)!r} is unknown: {listed}"
    try:
        float(row.get("target") or "")
    except ValueError:
        yield f"target {row.get('target')!r} is not a number"
    try:
        since, until = _period(row)
    except ValueError as error:
        yield f"{error}: write a day as 2024-01-31"
    else:
        if since >= until:
            yield f"valid_from {since} is not before valid_to {until}"


def _period(row: Row) -> tuple[date, date]:
    since, until = row.get("valid_from"), row.get("valid_to")
    return date.fromisoformat(since) if since else date.min, date.fromisoformat(until) if until else date.max


def _overlap(one: Row, other: Row) -> bool:
    try:
        (since, until), (second_since, second_until) = _period(one), _period(other)
    except ValueError:
        return False
    return since < second_until and second_since < until
