"""How long tickets took to their solve, in which status they lay, and which shares were solved in time."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Holder, Life, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import seconds_between
from tests.reference.schedules import ticket_schedules

# KPIs of the last solve by the duration each is of.
OF_LAST_SOLVE = {
    "average_resolution_time": "full_resolution",
    "resolution_time_ex_pending": "resolution_ex_pending",
    "resolution_time_ex_waiting": "resolution_ex_hold",
    "resolution_time_ex_pending_and_waiting": "resolution_ex_pending_and_hold",
}
STATUSES = ("new", "open", "pending", "hold")
CLOCKS = ("calendar", "business")
TARGET_SECONDS = 48 * 3600
KPI_IDS = frozenset(
    {
        *OF_LAST_SOLVE,
        "first_resolution_time",
        "time_in_status",
        "resolved_within_target_rate",
        "service_level_resolution",
    }
)


def _seconds(life: Life, name: str, clock: str) -> int | None:
    if clock == "calendar":
        told: int | None = getattr(life.facts, f"{name}_seconds")
        return told
    return life.business[f"{name}_business_seconds"]


def _age(life: Life, clock: str) -> int:
    created_at, now = life.facts.created_at, life.desk.as_of
    if clock == "calendar":
        return seconds_between(created_at, now)
    hours = life.desk.opening_hours()
    return ticket_schedules(life.ticket, life.events, life.history, hours).cumulative(created_at, now)


def _of_solves(life: Life, clock: str) -> Iterator[Case]:
    solve = life.last_solve
    if solve is not None:
        on, where = day(solve.started_at), life.where(held(solve))
        for kpi_id, name in OF_LAST_SOLVE.items():
            yield Case(
                kpi_id=kpi_id,
                attribution="solved",
                measure="distribution",
                clock=clock,
                on=on,
                where=where,
                numerator=float(_seconds(life, name, clock) or 0),
                denominator=1.0,
            )
        for status in STATUSES:
            yield Case(
                kpi_id="time_in_status",
                variant=status,
                attribution="solved",
                measure="average",
                clock=clock,
                on=on,
                where=where,
                numerator=float(_seconds(life, status, clock) or 0),
                denominator=1.0,
            )
    for first in life.solves[:1]:
        yield Case(
            kpi_id="first_resolution_time",
            attribution="solved",
            measure="distribution",
            clock=clock,
            on=day(first.started_at),
            where=life.where(held(first)),
            numerator=float(_seconds(life, "first_resolution", clock) or 0),
            denominator=1.0,
        )


def _of_creation(life: Life, clock: str) -> Iterator[Case]:
    seconds = _seconds(life, "full_resolution", clock) if life.last_solve else None
    age = _age(life, clock)
    on, where = day(life.facts.created_at), life.where(life.first_holder)
    # Found solved, it does not wait: it has no time, and is in no share.
    is_censored = seconds is None and not life.is_solve_unknown
    yield Case(
        kpi_id="average_resolution_time",
        attribution="created",
        measure="distribution",
        clock=clock,
        on=on,
        where=where,
        numerator=None if seconds is None else float(seconds),
        denominator=1.0,
        is_censored=is_censored,
    )
    if life.is_solve_unknown:
        return
    yield Case(
        kpi_id="average_resolution_time",
        attribution="created",
        measure="survival",
        clock=clock,
        on=on,
        where=where,
        numerator=float(age if seconds is None else seconds),
        is_censored=is_censored,
    )
    is_pending = seconds is None and age <= TARGET_SECONDS
    solver = held(life.last_solve) if life.last_solve else life.holder_at(life.desk.as_of)
    for kpi_id, holder in (
        ("resolved_within_target_rate", life.first_holder),
        ("service_level_resolution", Holder(solver.agent_id, solver.group_id)),
    ):
        yield Case(
            kpi_id=kpi_id,
            attribution="created",
            measure="rate",
            clock=clock,
            on=on,
            where=life.where(holder),
            numerator=None if is_pending else float(seconds is not None and seconds <= TARGET_SECONDS),
            denominator=None if is_pending else 1.0,
            is_censored=is_pending,
        )


def cases(desk: Desk) -> Iterator[Case]:
    """All cases of these KPIs.

    Args:
        desk: The desk to read.
    """
    for life in countable_lives(desk):
        for clock in CLOCKS:
            yield from _of_solves(life, clock)
            yield from _of_creation(life, clock)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(cases(desk), periods)
