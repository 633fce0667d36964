"""Every metric equals ``marts.kpi_values``, row by row, in every slice it is told in and by every period."""

import csv
from dataclasses import replace

import pytest

from orchestration.warehouse import PROJECT_ROOT
from tests.semantic.conftest import Asked, Metric

_SLICES = ("source_system", "channel", "team", "agent", "priority", "ticket_type")
# By month every slice; by the other periods some.
_CUTS = [
    *(("month", cut) for cut in ("all", *_SLICES)),
    *((grain, "all") for grain in ("day", "week", "quarter", "year")),
    ("week", "channel"),
]
_OF_BACKLOG = ("all", "source_system", "team", "priority")
# MetricFlow's plans of very many metrics take longer than several plans of some.
_TOGETHER = 24

# The first of each metric. A figure may be missing from an answer only where nothing was observed.
_DIFFERENCES = """
    with told as (
        select metrics.name, figures.period_start, figures.slice_value, figures.value, figures.n
        from publication.marts.kpi_values as figures
        inner join metrics using (kpi_id, variant, attribution, statistic, clock)
        where figures.period_grain = $grain and figures.slice = $slice and list_contains($names, metrics.name)
    )
    select distinct on (name) name, period_start, slice_value, told.value as figure, answers.value as metric
    from told
    full outer join answers using (name, period_start, slice_value)
    where case
        when told.name is null then true
        when answers.name is null then not (told.value is null or (told.value = 0 and told.n = 0))
        else told.value is null or abs(told.value - answers.value) > 1e-9 * greatest(1, abs(told.value))
    end
    order by name, period_start, slice_value
"""


def _slices_told() -> dict[str, list[str]]:
    with (PROJECT_ROOT / "seeds" / "kpi_registry.csv").open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: row["slices"].split() for row in csv.DictReader(file)}


def _is_told_by(metric: Metric, cut: str) -> bool:
    return cut in _slices_told()[metric.kpi_id] and (metric.prefix == "case" or cut in _OF_BACKLOG)


@pytest.mark.parametrize(("grain", "cut"), _CUTS, ids=[f"{grain} by {cut}" for grain, cut in _CUTS])
def test_metrics_equal_the_figures(asked: Asked, grain: str, cut: str) -> None:
    database = asked.connection
    database.execute("""
        create or replace table answers (name varchar, period_start date, slice_value varchar, value double)
    """)
    names = []
    for prefix in ("case", "backlog"):
        metrics = [each for each in asked.metrics if each.prefix == prefix and _is_told_by(each, cut)]
        names += [metric.name for metric in metrics]
        for start in range(0, len(metrics), _TOGETHER):
            database.execute(_answers(asked, metrics[start : start + _TOGETHER], grain, cut))
    differences = database.execute(_DIFFERENCES, {"grain": grain, "slice": cut, "names": names}).fetchall()
    assert differences == []
    database.execute("insert into answered select distinct name from answers")


def _answers(asked: Asked, metrics: list[Metric], grain: str, cut: str) -> str:
    """MetricFlow's query, and its answer put into ``answers``: one row a metric, period and slice value."""
    period, value = f"metric_time__{grain}", f"{metrics[0].prefix}__{cut}"
    query = asked.sql(metrics, period) if cut == "all" else asked.sql(metrics, period, value)
    columns = ", ".join(f"cast({metric.name} as double) as {metric.name}" for metric in metrics)
    return f"""
        insert into answers
        select name, period_start, slice_value, value
        from (
            select
                cast({period} as date) as period_start,
                {"'all'" if cut == "all" else value} as slice_value,
                {columns}
            from ({query})
        )
        unpivot (value for name in ({", ".join(metric.name for metric in metrics)}))
    """


def test_every_metric_has_told_something(asked: Asked) -> None:
    told = {name for (name,) in asked.connection.execute("select distinct name from answered").fetchall()}
    assert {metric.name for metric in asked.metrics} - told == set()


def test_every_case_of_a_default_has_a_metric(asked: Asked) -> None:
    """A new KPI in kpi_cases, or a new clock or statistic of one, wants its metric."""
    missing = asked.connection.execute("""
        with cases as (
            select distinct kpi_id, variant, attribution, clock
            from build.kpi_observations.kpi_metric_cases
            where variant not like 'vendor%' and measure <> 'survival'
        ),

        wanted as (
            select distinct cases.*, figures.statistic
            from cases
            inner join publication.marts.kpi_values as figures using (kpi_id, variant, attribution, clock)
            where figures.statistic not like 'km%'
                and (
                    variant = 'default'
                    or kpi_id not in (select kpi_id from cases where variant = 'default')
                )
        )

        select * from wanted
        anti join metrics using (kpi_id, variant, attribution, statistic, clock)
        order by all
    """).fetchall()
    assert missing == []


def test_no_two_metrics_tell_the_same_figure(asked: Asked) -> None:
    figures = [replace(metric, name="") for metric in asked.metrics]
    assert len(figures) == len(set(figures))
