"""How the backlog changed: growth, days to clear it, and what a period left over of its own tickets."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.reference.kpis.backlog import figures as backlog_figures
from tests.reference.kpis.backlog import first_seen
from tests.reference.kpis.backlog_days import ever_in_backlog, unsolved_by_day, until_as_of
from tests.reference.kpis.derived import before_period, in_own_slices, of_kpi
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day, held
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"backlog_growth", "backlog_days", "backlog_unfulfilled_in_period"})
DAY_SECONDS = 86400
SOLVED_WITHIN = 28


def _backlog_changes(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in until_as_of(periods, desk):
        last = of_kpi(backlog_figures(desk, [before_period(period)]), "backlog_unsolved")
        for figure, backlog in of_kpi(backlog_figures(desk, [period]), "backlog_unsolved").items():
            before = last.get(replace(figure, period_start=before_period(period).start))
            # Where there was no backlog yet it was 0.
            level = before.value if before is not None and before.value is not None else 0.0
            change = (backlog.value or 0) - level
            told = replace(figure, kpi_id="backlog_growth")
            yield told, Value(change, n=backlog.n)
            if before is not None:
                share = Value(divided(change, level), change, level, backlog.n)
                yield replace(told, variant="share", statistic="rate"), share


def _solves(desk: Desk) -> Iterator[Case]:
    """Solves of all that is ever in the backlog: of tickets deleted or merged since as well."""
    for life in ever_in_backlog(desk):
        for solve in life.solves:
            yield Case(
                kpi_id="tickets_solved",
                attribution="event",
                measure="count",
                on=day(solve.started_at),
                where=life.where(held(solve)),
            )


def _days_to_clear(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    """Against the mean of solves a day, over as many of the last days as the slice value has been known."""
    known = first_seen(desk)
    for period in until_as_of(periods, desk):
        window = Period(period.grain, period.last - timedelta(days=SOLVED_WITHIN - 1), period.last)
        solved = told_figures(_solves(desk), [window])
        for figure, backlog in of_kpi(backlog_figures(desk, [period]), "backlog_unsolved").items():
            start = max(window.start, known[figure.slice, figure.slice_value])
            days = (period.last - start).days + 1
            same = replace(figure, kpi_id="tickets_solved", attribution="event", period_start=window.start)
            told = solved.get(same, Value(0.0))
            above, below = (backlog.value or 0) * days * DAY_SECONDS, told.value or 0
            clear = replace(figure, kpi_id="backlog_days", statistic="mean", clock="calendar")
            yield clear, Value(divided(above, below), above, below, told.n)


def _left_over(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    told: dict[Figure, Value] = {}
    unsolved = {(ticket.life.ticket_id, ticket.on) for ticket in unsolved_by_day(desk)}
    for period in until_as_of(periods, desk):
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


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = dict(_backlog_changes(desk, periods)) | dict(_days_to_clear(desk, periods))
    return in_own_slices(told | _left_over(desk, periods))
