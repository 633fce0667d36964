"""The KPIs about KPIs: targets met, benchmarks reached, what there is to act on, how complete records are.

Where the catalogue leaves room (decision 19), this reference reads it so:

* A target is for the KPI's own attribution and holds for periods that begin in its time; two rows of one
  figure are a range. Figures without a value are in no part.
* Benchmarks are compared for the whole and variant ``default``, on their own clock and attribution, of no
  industry.
* A KPI to act on is complete when it has an owner, a question, a target and a slice to look into.
* A ticket is complete that tells its history, requester, priority, type and channel; censored ones have
  no resolution time.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.reference.kpis import (
    calls,
    contact_centre,
    occupations,
    resolutions,
    response_rates,
    responses,
    staff,
)
from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"kpi_target_attainment", "kpi_vs_benchmark", "kpi_classification", "kpi_data_quality"})
_SEEDS = Path(__file__).parents[3] / "seeds"
_MEASURED = (calls, contact_centre, occupations, resolutions, response_rates, responses, staff)
_KEPT = {"at_most": lambda value, bound: value <= bound, "at_least": lambda value, bound: value >= bound}


def _seed(name: str) -> list[dict[str, str]]:
    with (_SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _holds(target: Mapping[str, str], on: date) -> bool:
    after = not target["valid_from"] or date.fromisoformat(target["valid_from"]) <= on
    return after and (not target["valid_to"] or on < date.fromisoformat(target["valid_to"]))


def _met(measured: Mapping[Figure, Value], period: Period) -> list[bool]:
    """Of each figure with targets whether all of them are kept."""
    attributions = {row["kpi_id"]: row["attribution"] for row in _seed("kpi_registry")}
    kept: dict[Figure, bool] = {}
    for target in _seed("kpi_targets"):
        figure = Figure(
            target["kpi_id"], target["variant"], attributions[target["kpi_id"]], target["statistic"],
            target["clock"], period.grain, period.start, target["slice"], target["slice_value"],
        )  # fmt: skip
        value = measured[figure].value if figure in measured else None
        if value is not None and _holds(target, period.start):
            is_kept = _KEPT[target["comparator"]](value, float(target["target"]))
            kept[figure] = kept.get(figure, True) and is_kept
    return list(kept.values())


def _reached(measured: Mapping[Figure, Value], period: Period) -> list[bool]:
    """Of each comparable benchmark whether it is reached."""
    directions = {row["kpi_id"]: row["direction"] for row in _seed("kpi_registry")}
    reached = []
    for row in _seed("kpi_benchmarks"):
        figure = Figure(
            row["kpi_id"], "default", row["attribution"], row["statistic"], row["clock"], period.grain,
            period.start, "all", "all",
        )  # fmt: skip
        value = measured[figure].value if figure in measured else None
        if value is not None and row["industry"] == "all":
            is_low_good = directions[row["kpi_id"]] == "lower_is_better"
            bound = float(row["value"])
            reached.append(value <= bound if is_low_good else value >= bound)
    return reached


def _complete_kpis() -> tuple[int, int]:
    """How many KPIs to act on have all that takes, and how many there are."""
    targets = {row["kpi_id"] for row in _seed("kpi_targets")}
    slices = {row["kpi_id"]: row["slices"].split() for row in _seed("kpi_registry")}
    actionable = [row for row in _seed("kpi_texts") if row["usage"] == "actionable"]
    complete = [
        row
        for row in actionable
        if row["owner"] and row["question"] and row["kpi_id"] in targets and slices[row["kpi_id"]] != ["all"]
    ]
    return len(complete), len(actionable)


def _about_kpis(
    measured: Mapping[Figure, Value], periods: Sequence[Period]
) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        complete, actionable = _complete_kpis()
        told = {
            ("kpi_classification", "count"): Value(float(complete), n=actionable),
            ("kpi_classification", "rate"): Value(
                divided(complete, actionable), complete, actionable, actionable
            ),
        }
        for kpi_id, judged in (
            ("kpi_target_attainment", _met(measured, period)),
            ("kpi_vs_benchmark", _reached(measured, period)),
        ):
            if judged:
                good, count = sum(judged), len(judged)
                told[kpi_id, "rate"] = Value(good / count, good, count, count)
        for (kpi_id, statistic), value in told.items():
            yield (
                Figure(
                    kpi_id, "default", "as_of", statistic, "none", period.grain, period.start, "all", "all"
                ),
                value,
            )


def _records(desk: Desk) -> Iterator[Case]:
    for life in countable_lives(desk):
        where = life.where(life.first_holder)
        needed = (life.requester_id, where.priority, where.channel, life.ticket_type)
        told = {
            "default": not life.facts.is_history_incomplete and None not in needed,
            "censored": life.facts.solved_at is None,
        }
        for variant, holds in told.items():
            yield Case(
                kpi_id="kpi_data_quality", variant=variant, attribution="created", measure="rate",
                on=day(life.facts.created_at), where=Where(), numerator=float(holds), denominator=1.0,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    measured = {
        figure: value for topic in _MEASURED for figure, value in topic.figures(desk, periods).items()
    }
    return told_figures(_records(desk), periods) | dict(_about_kpis(measured, periods))
