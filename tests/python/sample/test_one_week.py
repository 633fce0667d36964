"""One week of every KPI equals the plain-Python reference, recomputed from the raw extract files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.python.conftest import AS_OF, Helpdesk
from tests.python.sample.figure_differences import differences, published_figures
from tests.reference.kpis import type_events
from tests.reference.kpis.figures import Figure, Period, Value, week_and_days
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices
from tests.reference.kpis.topics import (
    TOPICS,
    TOPICS_OF_MONTHS,
    WITHOUT_FIGURES,
    WITHOUT_MONTH,
    Topic,
)

# In the middle of the simulated twenty days.
MONDAY = date(2017, 2, 6)
# The one that still runs at as_of.
MONTH = Period("month", date(2017, 2, 1), date(2017, 2, 28))


@pytest.fixture(scope="module")
def found(published: Helpdesk) -> Mapping[Figure, Value]:
    return published_figures(published, week_and_days(MONDAY)[0])


@pytest.fixture(scope="module")
def found_of_month(published: Helpdesk) -> Mapping[Figure, Value]:
    return published_figures(published, MONTH, "period_grain = 'month'")


@pytest.fixture(scope="module")
def desk(simulated: Path) -> Desk:
    return Desk(simulated, datetime.fromisoformat(AS_OF))


def _name(topic: Topic) -> str:
    return topic.__name__.rpartition(".")[2]


def _compare(
    topic: Topic,
    desk: Desk,
    found: Mapping[Figure, Value],
    periods: Sequence[Period],
    without: Mapping[str, str],
) -> None:
    published = {figure: value for figure, value in found.items() if figure.kpi_id in topic.KPI_IDS}
    expected = topic.figures(desk, periods)
    assert {figure.kpi_id for figure in expected} <= topic.KPI_IDS
    texts = differences(published, expected)
    assert not texts, "\n".join(texts)
    told = {figure.kpi_id for figure in published}
    assert told == topic.KPI_IDS - without.keys(), "a KPI without a figure proves nothing"


@pytest.mark.parametrize("topic", TOPICS, ids=_name)
def test_a_week_s_figures_are_those_of_the_reference(
    topic: Topic, desk: Desk, found: Mapping[Figure, Value]
) -> None:
    _compare(topic, desk, found, week_and_days(MONDAY), WITHOUT_FIGURES)


@pytest.mark.parametrize("topic", [*TOPICS, *TOPICS_OF_MONTHS], ids=_name)
def test_a_month_s_figures_are_those_of_the_reference(
    topic: Topic, desk: Desk, found_of_month: Mapping[Figure, Value]
) -> None:
    _compare(topic, desk, found_of_month, [MONTH], {**WITHOUT_FIGURES, **WITHOUT_MONTH})


def test_every_registered_kpi_is_recomputed_once() -> None:
    recomputed = Counter(kpi_id for topic in (*TOPICS, *TOPICS_OF_MONTHS) for kpi_id in topic.KPI_IDS)
    recomputed.update(type_events.KPI_IDS)
    assert not [kpi_id for kpi_id, topics in recomputed.items() if topics > 1]
    assert recomputed.keys() == registered_slices().keys()
    assert all({**WITHOUT_FIGURES, **WITHOUT_MONTH}.values())
