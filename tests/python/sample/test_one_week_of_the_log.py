"""The shipped incident log's own figures, and its ticket types, equal the plain-Python reference."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from orchestration.warehouse import PROJECT_ROOT
from tests.python.conftest import AS_OF, Helpdesk
from tests.python.sample.figure_differences import differences, published_figures, published_where
from tests.reference.kpis.figures import Period, week_and_days
from tests.reference.kpis.incident_log import Incident, read_incidents
from tests.reference.kpis.lives import day
from tests.reference.kpis.type_events import KPI_IDS, TypedTickets, type_events
from tests.reference.kpis.vendor_figures import vendor_figures

LOG = PROJECT_ROOT / "samples" / "servicenow" / "incidents" / "incident_event_log.csv.gz"
AS_OF_DAY = date.fromisoformat(AS_OF[:10])
# Early, so that few incidents come before it.
MONDAY = date(2016, 3, 7)
# All whole weeks: types seldom come, vanish or spike.
FIRST_MONDAY, WEEKS = date(2016, 2, 29), 50


@pytest.fixture(scope="module")
def incidents() -> Sequence[Incident]:
    return read_incidents(LOG, datetime.fromisoformat(AS_OF))


def test_what_the_helpdesk_says_of_itself_is_the_reference_s(
    sample: Helpdesk, incidents: Sequence[Incident]
) -> None:
    periods = week_and_days(MONDAY)
    known = [incident for incident in incidents if day(incident.opened_at) <= periods[0].last]
    published = published_figures(sample, periods[0], "starts_with(variant, 'vendor_')")
    texts = differences(published, vendor_figures(known, periods))
    assert not texts, "\n".join(texts)
    assert published


def test_types_that_come_vanish_and_spike_are_the_reference_s(
    sample: Helpdesk, incidents: Sequence[Incident]
) -> None:
    created = [(day(incident.opened_at), incident.told("category")) for incident in incidents]
    typed = TypedTickets(created, AS_OF_DAY - timedelta(days=1))
    kpi_ids = ", ".join(f"'{kpi_id}'" for kpi_id in sorted(KPI_IDS))
    mondays = [FIRST_MONDAY + timedelta(weeks=number) for number in range(WEEKS)]
    periods: list[Period] = [period for monday in mondays for period in week_and_days(monday)]
    published = published_where(
        sample,
        f"kpi_id in ({kpi_ids}) and period_grain in ('day', 'week') and period_start between ? and ?",
        FIRST_MONDAY,
        periods[-1].last,
    )
    texts = differences(published, type_events(typed, periods))
    assert not texts, "\n".join(texts)
    # The log's one type that may be new is too young to tell.
    told = {figure.kpi_id for figure, value in published.items() if value.value or value.n_censored}
    assert told == KPI_IDS
