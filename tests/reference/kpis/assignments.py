"""What became of tickets given to agents: an assignment is the time one agent holds a ticket."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import Life, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import SOLVED
from tests.reference.spells import Spell

KPI_IDS = frozenset({"resolution_rate"})


@dataclass(frozen=True)
class Assignment:
    """One agent's time with one ticket; ``solved_at`` is the first solve in it: it counts once."""

    where: Where
    began_at: datetime
    solved_at: datetime | None


def _stints(life: Life) -> Iterator[list[Spell]]:
    """Runs of spells in one agent's hands; put down and taken up again is another one."""
    run: list[Spell] = []
    for spell in life.lived:
        if run and (run[-1].assignee_id, run[-1].ended_at) != (spell.assignee_id, spell.started_at):
            yield run
            run = []
        if spell.assignee_id is not None:
            run.append(spell)
    if run:
        yield run


def assignments(desk: Desk) -> Iterator[Assignment]:
    """All assignments of tickets that were still to be solved.

    Args:
        desk: The desk to read.
    """
    for life in countable_lives(desk):
        for run in _stints(life):
            # Who gets a ticket after its solve, and sees no reopen, has nothing to solve.
            if any(spell.status not in SOLVED or spell.is_solve for spell in run):
                solves = [spell.started_at for spell in run if spell.is_solve]
                yield Assignment(life.where(held(run[0])), run[0].started_at, min(solves, default=None))


def _cases(assignment: Assignment, period: Period) -> Iterator[Case]:
    solved_on = None if assignment.solved_at is None else day(assignment.solved_at)
    told = Case(
        kpi_id="resolution_rate",
        attribution="event",
        measure="rate",
        on=day(assignment.began_at),
        where=assignment.where,
        numerator=float(solved_on is not None and period.has(solved_on)),
        denominator=1.0,
    )
    yield told
    yield replace(told, variant="flow", numerator=0.0)
    if solved_on is not None:
        yield replace(told, variant="flow", on=solved_on, numerator=1.0, denominator=0.0)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs; whether a case counts depends on the period.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told: dict[Figure, Value] = {}
    for period in periods:
        cases = [case for assignment in assignments(desk) for case in _cases(assignment, period)]
        told |= told_figures(cases, [period])
    return told
