"""One week of every KPI equals the plain-Python reference, recomputed from the raw extract files."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.python.conftest import AS_OF, Helpdesk
from tests.python.sample.figure_differences import differences, published_figures
from tests.reference.kpis import type_events
from tests.reference.kpis.figures import Figure, Value, week_and_days
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices
from tests.reference.kpis.topics import NOT_RECOMPUTED, TOPICS, Topic

# In the middle of the simulated twenty days.
MONDAY = date(2017, 2, 6)


@pytest.fixture(scope="module")
def found(published: Helpdesk) -> Mapping[Figure, Value]:
    return published_figures(published, week_and_days(MONDAY)[0])


@pytest.fixture(scope="module")
def desk(simulated: Path) -> Desk:
    return Desk(simulated, datetime.fromisoformat(AS_OF))


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.__name__.rpartition(".")[2])
def test_a_week_s_figures_are_those_of_the_reference(
    topic: Topic, desk: Desk, found: Mapping[Figure, Value]
) -> None:
    published = {figure: value for figure, value in found.items() if figure.kpi_id in topic.KPI_IDS}
    expected = topic.figures(desk, week_and_days(MONDAY))
    assert {figure.kpi_id for figure in expected} <= topic.KPI_IDS
    texts = differences(published, expected)
    assert not texts, "\n".join(texts)
    assert {figure.kpi_id for figure in published} == topic.KPI_IDS, "a KPI without a figure proves nothing"


def test_every_registered_kpi_is_recomputed_once_or_named_with_a_reason() -> None:
    recomputed = Counter(kpi_id for topic in TOPICS for kpi_id in topic.KPI_IDS)
    recomputed.update(type_events.KPI_IDS)
    assert not [kpi_id for kpi_id, topics in recomputed.items() if topics > 1]
    assert not recomputed.keys() & NOT_RECOMPUTED.keys()
    assert recomputed.keys() | NOT_RECOMPUTED.keys() == registered_slices().keys()
    assert all(NOT_RECOMPUTED.values())
