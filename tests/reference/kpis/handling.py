"""How long agents handle a contact: calls as callers see them, each agent's part of a call, and solved tickets.

A ticket took what its time entries say that began until its last solve; without an entry it took none. Tickets count
from the first entry of all on (decision 15).
"""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.calls import handling_cases
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant

KPI_IDS = frozenset({"average_handle_time"})


def _tickets(desk: Desk) -> Iterator[Case]:
    entries = desk.by_ticket("time_entries")
    first = min((instant(entry["started_at"]) for entry in desk.stream("time_entries")), default=None)
    for life in countable_lives(desk):
        solve = life.last_solve
        if first is None or solve is None or day(solve.started_at) < day(first):
            continue
        until = solve.started_at
        own = [e for e in entries.get(life.ticket_id, []) if instant(e["started_at"]) <= until]
        yield Case(
            kpi_id="average_handle_time", variant="tickets", attribution="solved", measure="distribution",
            on=day(until), where=life.where(held(solve)),
            numerator=float(sum(int(entry["seconds"]) for entry in own)), denominator=1.0,
        )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures([*handling_cases(desk), *_tickets(desk)], periods)
