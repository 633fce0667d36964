"""KPIs of a desk of more than a year with a few busy agents equal the plain-Python reference."""

import gzip
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from orchestration.simulate.simulate import simulate
from tests.python.models.compiled import ModelRun, ordered_models
from tests.python.models.random_year import simulated_records
from tests.python.sample.figure_differences import differences
from tests.reference.kpis import changes, customer_voice, strengths
from tests.reference.kpis.figures import Figure, Period, Value, week_and_days
from tests.reference.kpis.raw import Desk

# A seed by which ratings are changed both ways, and agents have strengths and weaknesses.
SEED, TICKETS, DAYS = 4, 600, 420
AS_OF = datetime(2017, 2, 19)
LAST_DAY = date(2017, 2, 18)
# What these KPIs are told from; the rest would only take time.
STREAMS = (
    *("tickets", "ticket_events", "messages", "surveys", "calls", "call_legs"),
    *("agents", "groups", "customers", "organizations", "schedules", "holidays", "sla_policies"),
)
# A year earlier there was a desk already; as_of lies in the last ones.
PERIODS = [
    *week_and_days(date(2017, 1, 16)),
    *week_and_days(date(2017, 2, 13)),
    Period("month", date(2017, 1, 1), date(2017, 1, 31)),
    Period("month", date(2017, 2, 1), date(2017, 2, 28)),
    Period("quarter", date(2017, 1, 1), date(2017, 3, 31)),
    Period("year", date(2016, 1, 1), date(2016, 12, 31)),
    Period("year", date(2017, 1, 1), date(2017, 12, 31)),
]
STRENGTHS = "publication.marts.agent_strengths"


def _leave_one_agent_a_group(extracts: Path) -> None:
    """Give all tickets of a group to its first agent: a verdict needs 20 of them in half a year."""
    for path in (extracts / "generic").rglob("*.*"):
        is_packed = path.suffix == ".gz"
        written = gzip.decompress(path.read_bytes()) if is_packed else path.read_bytes()
        if path.name == "agents.csv":
            changed = re.sub(rb"(?m)^agent-[a-z]+-(?!001)\d{3},.*\n", b"", written)
        else:
            changed = re.sub(rb"(agent-[a-z]+)-\d{3}", rb"\1-001", written)
        path.write_bytes(gzip.compress(changed) if is_packed else changed)


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("long-desk") / "extracts"
    simulate(out, tickets=TICKETS, days=DAYS, seed=SEED, ends_on=LAST_DAY, report=lambda line: None)
    for stream in (out / "generic").iterdir():
        if stream.name not in STREAMS:
            shutil.rmtree(stream)
    _leave_one_agent_a_group(out)
    return out


@pytest.fixture(scope="module")
def desk(extracts: Path) -> Desk:
    return Desk(extracts, AS_OF)


@pytest.fixture(scope="module")
def run(manifest: dict[str, Any], extracts: Path) -> ModelRun:
    run = ModelRun(ordered_models(manifest), load_streams())
    for stream in STREAMS:
        run.load(f"raw_generic.{stream}", list(simulated_records(extracts / "generic" / stream)))
    run.connection.execute("insert into meta.streams select 'generic', 'main', unnest(?), 1", [list(STREAMS)])
    run.build(as_of=f"{AS_OF:%Y-%m-%d %H:%M:%S}")
    return run


@pytest.fixture(scope="module")
def found(run: ModelRun) -> Mapping[Figure, Value]:
    """What is published of the periods."""
    key, told = ([field.name for field in fields(row)] for row in (Figure, Value))
    rows = run.rows(f"select {', '.join(key + told)} from publication.marts.kpi_values")
    figures = {
        Figure(**{name: row[name] for name in key}): Value(**{name: row[name] for name in told})
        for row in rows
    }
    wanted = {(period.grain, period.start) for period in PERIODS}
    return {f: value for f, value in figures.items() if (f.period_grain, f.period_start) in wanted}


def _compare(
    kpi_ids: Sequence[str], found: Mapping[Figure, Value], expected: Mapping[Figure, Value]
) -> Mapping[Figure, Value]:
    """Compare the figures of some KPIs and return those that are more than zero."""
    published = {figure: value for figure, value in found.items() if figure.kpi_id in kpi_ids}
    texts = differences(published, {f: value for f, value in expected.items() if f.kpi_id in kpi_ids})
    assert not texts, "\n".join(texts)
    return {figure: value for figure, value in published.items() if value.value}


def test_types_grow_against_the_same_period_a_year_ago(desk: Desk, found: Mapping[Figure, Value]) -> None:
    told = _compare(("type_growth_pct", "volume_change_pct"), found, changes.volume_changes(desk, PERIODS))
    grown = {(f.period_grain, f.slice) for f in told if f.kpi_id == "type_growth_pct"}
    grains = ("day", "week", "month", "quarter", "year")
    assert grown >= {(grain, name) for grain in grains for name in ("all", "ticket_type")}
    assert "same_period_last_year" in {f.variant for f in told}


def test_recommendations_and_changed_ratings_are_told(desk: Desk, found: Mapping[Figure, Value]) -> None:
    told = _compare(("nps", "csat_changed"), found, customer_voice.figures(desk, PERIODS))
    variants = {(figure.kpi_id, figure.variant) for figure in told}
    assert variants == {
        *(("nps", variant) for variant in ("default", "promoters", "passives", "detractors")),
        *(("csat_changed", variant) for variant in ("default", "good_to_bad", "bad_to_good")),
    }


def test_agents_are_compared_with_the_same_mix_of_tickets(desk: Desk, run: ModelRun) -> None:
    rows = {(r["kpi_id"], r["clock"], r["agent_key"]): r for r in run.rows(f"select * from {STRENGTHS}")}
    expected = strengths.comparisons(desk)
    assert rows.keys() == expected.keys()
    assert {kpi_id for kpi_id, *_ in rows} == strengths.ATTRIBUTIONS.keys()
    for key, row in rows.items():
        told = expected[key]
        assert (row["n"], row["verdict"]) == (told.n, told.verdict), key
        low = told.adjusted_value - told.colleagues_value - told.margin
        values = (row["adjusted_value"], row["colleagues_value"], row["interval_low"])
        assert values == pytest.approx((told.adjusted_value, told.colleagues_value, low), abs=1e-6), key


def test_what_agents_are_better_and_worse_at_is_counted(desk: Desk, found: Mapping[Figure, Value]) -> None:
    told = _compare(("agent_strengths",), found, strengths.figures(desk, PERIODS))
    assert {(figure.variant, figure.slice) for figure in told} == {
        (variant, name) for variant in strengths.VERDICTS for name in ("all", "agent")
    }
