"""How volumes changed: averages per day, growth, channels, and the tickets that somebody touched.

The growth of a type is the change of its tickets against the same period a year ago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from tests.reference.kpis.backlog import figures as backlog_figures
from tests.reference.kpis.backlog_days import first_day, until_as_of
from tests.reference.kpis.derived import before_period, in_own_slices, of_kpi, year_before
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.volume import contacts
from tests.reference.kpis.volume import figures as volume_figures

KPI_IDS = frozenset(
    {
        "avg_tickets_per_period",
        "contact_volume_by_channel",
        "volume_change_pct",
        "type_growth_pct",
        "tickets_active",
    }
)
SATURDAY = 6


def _days_of(period: Period, desk: Desk) -> tuple[int, int]:
    """Days of a period since the first ticket, and the working days of them."""
    first = max(period.start, first_day(desk))
    days = [first + timedelta(days=number) for number in range((period.last - first).days + 1)]
    return len(days), sum(on.isoweekday() < SATURDAY for on in days)


def _averages(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in until_as_of(periods, desk):
        if period.grain == "day":
            continue
        calendar_days, working_days = _days_of(period, desk)
        for figure, created in of_kpi(volume_figures(desk, [period]), "tickets_created").items():
            told = replace(figure, kpi_id="avg_tickets_per_period", statistic="mean")
            for variant, days in (("per_calendar_day", calendar_days), ("per_working_day", working_days)):
                value = Value(divided(created.value or 0, days), created.value, float(days), created.n)
                yield replace(told, variant=variant), value


def _changes_since(desk: Desk, period: Period, before: Period) -> Iterator[tuple[Figure, Value]]:
    if before.start < first_day(desk):
        # A period that began before the helpdesk did is told in part, and nothing to compare with.
        return
    last = of_kpi(volume_figures(desk, [before]), "tickets_created")
    for figure, created in of_kpi(volume_figures(desk, [period]), "tickets_created").items():
        then = last.get(replace(figure, period_start=before.start))
        if then is not None and then.value is not None:
            change = (created.value or 0) - then.value
            value = Value(divided(change, then.value), change, then.value, created.n)
            yield replace(figure, kpi_id="volume_change_pct", statistic="rate"), value


def volume_changes(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """The changes of volumes and of types against the period before and the same one a year ago.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told: dict[Figure, Value] = {}
    for period in periods:
        told |= _changes_since(desk, period, before_period(period))
        for figure, value in _changes_since(desk, period, year_before(period)):
            told[replace(figure, variant="same_period_last_year")] = value
            told[replace(figure, kpi_id="type_growth_pct")] = value
    return in_own_slices(told)


def _by_channel(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    told = told_figures(contacts(desk, "contact_volume_by_channel"), periods)
    for figure, value in told.items():
        yield figure, value
        if figure.slice == "channel":
            total = told[replace(figure, slice="all", slice_value="all")]
            share = Value(divided(value.value or 0, total.value or 0), value.value, total.value, total.n)
            yield replace(figure, variant="share", statistic="rate"), share


def _touched(desk: Desk) -> Iterator[Case]:
    """Tickets with a public message or another status, each once a period."""
    for life in countable_lives(desk):
        touched_at = [message.sent_at for message in life.told if message.is_public]
        for before, spell in pairwise((None, *life.spells)):
            if spell is not None and (before is None or before.status != spell.status):
                touched_at.append(spell.started_at)
        for at in touched_at:
            yield Case(
                kpi_id="tickets_active",
                variant="active_touched",
                attribution="event",
                measure="distinct_count",
                on=day(at),
                where=life.where(life.holder_at(at)),
                subject=life.ticket_id,
            )


def _active(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    unsolved = of_kpi(backlog_figures(desk, periods), "backlog_unsolved")
    told = {
        replace(figure, kpi_id="tickets_active", variant="active_open"): value
        for figure, value in unsolved.items()
    }
    return told | told_figures(_touched(desk), periods)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = dict(_averages(desk, periods)) | volume_changes(desk, periods)
    return in_own_slices(told | dict(_by_channel(desk, periods)) | _active(desk, periods))
