"""How volumes and backlogs changed: averages per day, growth, days to clear, and what a period left over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from tests.reference.kpis.backlog import figures as backlog_figures
from tests.reference.kpis.backlog import first_seen
from tests.reference.kpis.backlog_days import first_day, unsolved_by_day
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices
from tests.reference.kpis.volume import contacts
from tests.reference.kpis.volume import figures as volume_figures

KPI_IDS = frozenset(
    {
        "avg_tickets_per_period",
        "contact_volume_by_channel",
        "volume_change_pct",
        "backlog_growth",
        "backlog_days",
        "backlog_unfulfilled_in_period",
        "tickets_active",
    }
)
DAY_SECONDS = 86400
SOLVED_WITHIN = 28
SATURDAY = 6


def _days_of(period: Period, desk: Desk) -> tuple[int, int]:
    """Days of a period since the first ticket, and the working days of them."""
    first = max(period.start, first_day(desk))
    days = [first + timedelta(days=number) for number in range((period.last - first).days + 1)]
    return len(days), sum(on.isoweekday() < SATURDAY for on in days)


def _before(period: Period) -> Period:
    """The day or week before."""
    length = timedelta(days=1 if period.grain == "day" else 7)
    return Period(period.grain, period.start - length, period.last - length)


def _of(figures: Mapping[Figure, Value], kpi_id: str, variant: str = "default") -> dict[Figure, Value]:
    """The figures of one KPI, of the slices that are told of every KPI here."""
    return {f: value for f, value in figures.items() if (f.kpi_id, f.variant) == (kpi_id, variant)}


def _in_slices(figures: Mapping[Figure, Value]) -> dict[Figure, Value]:
    slices = registered_slices()
    return {figure: value for figure, value in figures.items() if figure.slice in slices[figure.kpi_id]}


def _averages(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        if period.grain == "day":
            continue
        calendar_days, working_days = _days_of(period, desk)
        for figure, created in _of(volume_figures(desk, [period]), "tickets_created").items():
            told = replace(figure, kpi_id="avg_tickets_per_period", statistic="mean")
            for variant, days in (("per_calendar_day", calendar_days), ("per_working_day", working_days)):
                value = Value(divided(created.value or 0, days), created.value, float(days), created.n)
                yield replace(told, variant=variant), value


def _volume_changes(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        last = _of(volume_figures(desk, [_before(period)]), "tickets_created")
        for figure, created in _of(volume_figures(desk, [period]), "tickets_created").items():
            before = last.get(replace(figure, period_start=_before(period).start))
            if before is not None and before.value is not None:
                change = (created.value or 0) - before.value
                told = replace(figure, kpi_id="volume_change_pct", statistic="rate")
                yield told, Value(divided(change, before.value), change, before.value, created.n)


def _backlog_changes(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        last = _of(backlog_figures(desk, [_before(period)]), "backlog_unsolved")
        for figure, backlog in _of(backlog_figures(desk, [period]), "backlog_unsolved").items():
            before = last.get(replace(figure, period_start=_before(period).start))
            # Where there was no backlog yet it was 0.
            level = before.value if before is not None and before.value is not None else 0.0
            change = (backlog.value or 0) - level
            told = replace(figure, kpi_id="backlog_growth")
            yield told, Value(change, n=backlog.n)
            if before is not None:
                share = Value(divided(change, level), change, level, backlog.n)
                yield replace(told, variant="share", statistic="rate"), share


def _days_to_clear(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    """Against the mean of solves a day, over as many of the last days as the slice value has been known."""
    known = first_seen(desk)
    for period in periods:
        window = Period(period.grain, period.last - timedelta(days=SOLVED_WITHIN - 1), period.last)
        solved = _of(volume_figures(desk, [window]), "tickets_solved", "solve_events")
        for figure, backlog in _of(backlog_figures(desk, [period]), "backlog_unsolved").items():
            start = max(window.start, known[figure.slice, figure.slice_value])
            days = (period.last - start).days + 1
            key = {"kpi_id": "tickets_solved", "variant": "solve_events", "attribution": "event"}
            told = solved.get(replace(figure, **key, period_start=window.start), Value(0.0))
            above, below = (backlog.value or 0) * days * DAY_SECONDS, told.value or 0
            clear = replace(figure, kpi_id="backlog_days", statistic="mean", clock="calendar")
            yield clear, Value(divided(above, below), above, below, told.n)


def _left_over(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    told: dict[Figure, Value] = {}
    unsolved = {(ticket.life.ticket_id, ticket.on) for ticket in unsolved_by_day(desk)}
    for period in periods:
        cases = []
        for life in countable_lives(desk):
            case = Case(
                kpi_id="backlog_unfulfilled_in_period",
                attribution="created",
                measure="count",
                on=day(life.facts.created_at),
                where=life.where(life.first_holder),
                numerator=float((life.ticket_id, period.last) in unsolved),
                denominator=1.0,
            )
            cases += [case, replace(case, variant="share", measure="rate")]
        told |= told_figures(cases, [period])
    return told


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
    unsolved = _of(backlog_figures(desk, periods), "backlog_unsolved")
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
    told = dict(_averages(desk, periods)) | dict(_volume_changes(desk, periods))
    told |= dict(_backlog_changes(desk, periods)) | dict(_days_to_clear(desk, periods))
    told |= _left_over(desk, periods) | dict(_by_channel(desk, periods)) | _active(desk, periods)
    return _in_slices(told)
