"""Every chart of the dashboard shows what is published, in a real browser."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pytest

from .looking import Onlooker, looking
from .served import Analyst, Served

_EPOCH = datetime(1970, 1, 1)
_DAILY = "select {} from marts.kpi_values where slice = '{}' and period_grain = 'day' and variant = 'default'"
# What charts that count single tickets or calls have to add up to: by marts.kpi_values, or else by the mart.
COUNTED = {
    "Backlog by priority, each day": _DAILY.format("period_start, slice_value, value", "priority")
    + " and kpi_id = 'backlog_unsolved' and value <> 0",
    "Tickets by channel": _DAILY.format("slice_value, sum(value)", "channel")
    + " and kpi_id = 'tickets_created' group by slice_value having sum(value) <> 0",
    "Most common ticket types": """
        select ticket_type, count(*) from marts.tickets where is_countable and ticket_type is not null
        group by ticket_type order by 2 desc limit 12
    """,
    "SLA kept, by target": """
        select variant, sum(numerator) / sum(denominator) from marts.kpi_values
        where kpi_id = 'sla_attainment_rate' and slice = 'all' and period_grain = 'day'
            and variant not in ('default', 'vendor_made_sla')
        group by variant
    """,
    "SLA by team": _DAILY.format(
        "slice_value, sum(denominator), sum(denominator) - sum(numerator), sum(numerator) / sum(denominator)",
        "team",
    )
    + " and kpi_id = 'sla_attainment_rate' group by slice_value having sum(denominator) > 0",
    "Satisfaction by team": _DAILY.format(
        "slice_value, sum(denominator), sum(numerator) / sum(denominator)", "team"
    )
    + """ and kpi_id = 'csat_score' and attribution = 'event'
        group by slice_value having sum(denominator) > 0""",
    "When calls come": """
        select started_hour, dayname(started_on)[:3], count(*) from marts.calls where is_offered group by all
    """,
    "Agents required and on shift, by half hour": """
        select strftime(timestamp '2000-01-01' + to_minutes(cast(30 * half_hour as bigint)), '%H:%M'),
            avg(required_agents), avg(scheduled_agents)
        from marts.staffing_requirements where slice = 'all' group by half_hour
    """,
}


@pytest.fixture(scope="module")
def onlooker(superset: Served) -> Iterator[Onlooker]:
    """Somebody who has looked at every tab."""
    with looking(superset) as somebody:
        somebody.open()
        assert len(list(somebody.tabs())) == 7
        yield somebody


@pytest.fixture(scope="module")
def shown(onlooker: Onlooker, analyst: Analyst) -> dict[str, list[dict]]:
    """What every chart got, by what the chart is called."""
    named = analyst.ask("GET", "/api/v1/chart/?q=(page_size:100)")[1]["result"]
    return {chart["slice_name"]: onlooker.shown.get(chart["id"], []) for chart in named}


def figure_keys(chart: dict) -> list[str]:
    """The figures that a chart over kpi_values is narrowed to."""
    filters = chart["params"]["adhoc_filters"]
    return next((each["comparator"] for each in filters if each.get("subject") == "figure_key"), [])


def told(marts: duckdb.DuckDBPyConnection, keys: list[str], part: tuple[str, str], grain: str) -> dict:
    """Figures by period, as the published file has them, in no order."""
    periods: dict = {}
    for key in keys:
        rows = marts.execute(
            """
            select epoch_ms(period_start), value from marts.kpi_values
            where kpi_id = $1 and variant = $2 and attribution = $3 and statistic = $4 and clock = $5
                and slice = $6 and slice_value = $7 and period_grain = $8 and is_complete
            """,
            [*key.split(":"), *part, grain],
        ).fetchall()
        for period, value in rows:
            periods.setdefault(period, []).append(value)
    return {period: _sorted(values) for period, values in periods.items()}


def of_chart(rows: list[dict], scale: float) -> dict:
    """Figures by period, as a chart has them, in no order."""
    return {
        row["period_start"]: _sorted(
            v * scale for name, v in row.items() if name != "period_start" and v is not None
        )
        for row in rows
    }


def _sorted(values: Iterator[float] | list[float]) -> list:
    return [pytest.approx(value) for value in sorted(value for value in values if value is not None)]


def _not_empty(periods: dict) -> dict:
    return {period: values for period, values in periods.items() if values}


def scale_of(chart: dict) -> float:
    metric = chart["params"].get("metric") or chart["params"]["metrics"][0]
    return 3600 if metric == "figure_hours" else 1


def test_every_chart_has_something_to_show(shown, charts) -> None:
    assert set(shown) == set(charts)
    assert [name for name, rows in shown.items() if not rows] == []


def test_nothing_is_wrong_and_no_other_host_is_asked(onlooker, shown) -> None:
    assert shown
    assert onlooker.complaints == []


def test_figures_over_time_are_the_published_ones(shown, charts, marts) -> None:
    compared = 0
    for name, chart in charts.items():
        if not (keys := figure_keys(chart)):
            continue
        ours = {
            period: values for period, values in told(marts, keys, ("all", "all"), "month").items() if values
        }
        theirs = {
            period: values for period, values in of_chart(shown[name], scale_of(chart)).items() if values
        }
        assert theirs.keys() == ours.keys(), name
        for period, values in theirs.items():
            assert [value.expected for value in values] == ours[period], (name, period)
        compared += 1
    assert compared >= 15


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_from_single_tickets_agrees_with_the_kpis(name, shown, marts) -> None:
    wanted = marts.execute(COUNTED[name]).fetchall()
    rows = shown[name]
    if name.startswith("Backlog"):
        # One column a priority; days as milliseconds.
        rows = [
            {
                "day": (_EPOCH + timedelta(milliseconds=row["date_day"])).date(),
                "priority": key,
                "count": value,
            }
            for row in rows
            for key, value in row.items()
            if key != "date_day" and value
        ]
    got = [tuple(value for key, value in row.items() if key != "rank") for row in rows]
    got = [("unassigned", *row[1:]) if row[0] is None else row for row in got]
    if name == "When calls come":
        got = [(hour, day[2:], count) for hour, day, count in got]
    assert len(got) == len(wanted)
    for one, other in zip(sorted(got), sorted(wanted), strict=True):
        assert one[0] == other[0]
        assert list(one[1:]) == [pytest.approx(v) if isinstance(v, float) else v for v in other[1:]], one[0]


def test_the_scorecard_is_the_published_one(shown, marts) -> None:
    wanted = marts.execute("""
        select count(*) filter (where status = 'missed'), count(*) filter (where status = 'met')
        from marts.kpi_scorecard where slice = 'all' and period_grain = 'month'
    """).fetchone()
    rows = shown["Scorecard: last complete period"]
    verdicts = [row["verdict"] for row in rows]
    assert (verdicts.count("missed"), verdicts.count("met")) == wanted
    assert verdicts[: wanted[0]] == ["missed"] * wanted[0]
    assert len({(row["figure"]) for row in rows}) == len(rows) > 100
