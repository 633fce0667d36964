"""Whether customers with a bad experience of support leave more often than the others, told of months.

A bad experience is a missed SLA target or an answer that is not satisfied in the 90 days before the period;
what happens in the period itself proves nothing, for who leaves early has less time for it. Told from the
period on in which the first one came (decision 16).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.reference.kpis.customers import bounds, lost_in, there_at
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.surveys import all_surveys

KPI_IDS = frozenset({"support_to_churn"})
_BEFORE = timedelta(days=90)


def _experiences(desk: Desk) -> Iterator[tuple[str, date]]:
    for life in countable_lives(desk):
        if life.requester_id:
            for breached_at in (instance.breached_at for instance in life.instances):
                if breached_at is not None and breached_at <= desk.as_of:
                    yield life.requester_id, day(breached_at)
    for survey in all_surveys(desk):
        if (
            survey.kind == "csat"
            and survey.share is not None
            and not survey.is_satisfied
            and survey.customer_id
        ):
            yield survey.customer_id, day(survey.answers[-1].at)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of this KPI.

    Args:
        desk: The desk to read.
        periods: The periods to tell; of days and weeks it is not told.
    """
    told, experiences = {}, list(_experiences(desk))
    for period in periods:
        if period.grain in ("day", "week") or not any(on <= period.last for _, on in experiences):
            continue
        start, end = bounds(desk, period)
        there, lost = there_at(desk, start), lost_in(desk, start, end)
        bad = {who for who, on in experiences if period.start - _BEFORE <= on < period.start} & there
        churn_of_bad = divided(len(lost & bad), len(bad))
        churn_of_others = divided(len(lost - bad), len(there - bad))
        is_told = churn_of_bad is not None and churn_of_others is not None
        figure = Figure(
            "support_to_churn", "default", "event", "rate", "none", period.grain, period.start, "all", "all"
        )
        told[figure] = Value(churn_of_bad - churn_of_others if is_told else None, n=len(there))
    return told
