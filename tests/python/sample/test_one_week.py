"""One week of every KPI equals the plain-Python reference, recomputed from the raw extract files."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pytest

from tests.python.conftest import AS_OF, Helpdesk
from tests.reference.kpis.figures import Figure, Period, Value, week_and_days
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices
from tests.reference.kpis.topics import (
    NOT_RECOMPUTED,
    TOPICS,
    TOPICS_OF_MONTHS,
    WITHOUT_FIGURES,
    Topic,
)

# In the middle of the simulated twenty days.
MONDAY = date(2017, 2, 6)
# The one that still runs at as_of.
MONTH = Period("month", date(2017, 2, 1), date(2017, 2, 28))
_SHOWN_PER_KPI = 5
_PUBLISHED = """
select
    kpi_id, variant, attribution, statistic, clock, period_grain, period_start, slice, slice_value,
    value, numerator, denominator, n, n_censored
from marts.kpi_values
where (period_grain = 'week' and period_start = ?)
    or (period_grain = 'day' and period_start between ? and ? + 6)
    or (period_grain = 'month' and period_start = ?)
"""


@pytest.fixture(scope="module")
def published_figures(published: Helpdesk) -> Mapping[str, dict[Figure, Value]]:
    found: dict[str, dict[Figure, Value]] = defaultdict(dict)
    for row in published.rows(_PUBLISHED, MONDAY, MONDAY, MONDAY, MONTH.start):
        found[row[0]][Figure(*row[:9])] = Value(*row[9:])
    return found


@pytest.fixture(scope="module")
def desk(simulated) -> Desk:
    return Desk(simulated, datetime.fromisoformat(AS_OF))


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    # Sums in another order differ in the last digit.
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _equals(one: Value, other: Value) -> bool:
    counts = (one.n, one.n_censored) == (other.n, other.n_censored)
    pairs = ((one.value, other.value), (one.numerator, other.numerator), (one.denominator, other.denominator))
    return counts and all(_is_same(*pair) for pair in pairs)


def _differences(published: Mapping[Figure, Value], expected: Mapping[Figure, Value]) -> list[str]:
    """Lines a person can read: how many figures of which KPI differ, and the first few of them."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for figure in sorted(published.keys() | expected.keys()):
        found, told = published.get(figure), expected.get(figure)
        if found is None or told is None or not _equals(found, told):
            wrong[figure.kpi_id].append(f"  {figure}\n    published {found}\n    reference {told}")
    return [
        "\n".join([f"{kpi_id}: {len(lines)} figures differ", *lines[:_SHOWN_PER_KPI]])
        for kpi_id, lines in wrong.items()
    ]


def _name(topic: Topic) -> str:
    return topic.__name__.rpartition(".")[2]


def _compare(
    topic: Topic,
    desk: Desk,
    published_figures: Mapping[str, dict[Figure, Value]],
    periods: Sequence[Period],
) -> None:
    grains = {period.grain for period in periods}
    published = {
        figure: value
        for kpi_id in topic.KPI_IDS
        for figure, value in published_figures[kpi_id].items()
        if figure.period_grain in grains
    }
    expected = topic.figures(desk, periods)
    assert {figure.kpi_id for figure in expected} <= topic.KPI_IDS
    differences = _differences(published, expected)
    assert not differences, "\n".join(differences)
    told = {figure.kpi_id for figure in published}
    assert told == topic.KPI_IDS - WITHOUT_FIGURES.keys(), "a KPI without a figure proves nothing"


@pytest.mark.parametrize("topic", TOPICS, ids=_name)
def test_a_week_s_figures_are_those_of_the_reference(
    topic: Topic, desk: Desk, published_figures: Mapping[str, dict[Figure, Value]]
) -> None:
    _compare(topic, desk, published_figures, week_and_days(MONDAY))


@pytest.mark.parametrize("topic", TOPICS_OF_MONTHS, ids=_name)
def test_a_month_s_figures_are_those_of_the_reference(
    topic: Topic, desk: Desk, published_figures: Mapping[str, dict[Figure, Value]]
) -> None:
    _compare(topic, desk, published_figures, [MONTH])


def test_every_registered_kpi_is_recomputed_once_or_named_with_a_reason() -> None:
    recomputed = Counter(kpi_id for topic in {*TOPICS, *TOPICS_OF_MONTHS} for kpi_id in topic.KPI_IDS)
    assert not [kpi_id for kpi_id, topics in recomputed.items() if topics > 1]
    assert not recomputed.keys() & NOT_RECOMPUTED.keys()
    assert recomputed.keys() | NOT_RECOMPUTED.keys() == registered_slices().keys()
    assert all({**NOT_RECOMPUTED, **WITHOUT_FIGURES}.values())
