"""How long agents handle a contact: a call, each agent's part of it, and a solved ticket.

A ticket took what its time entries say that began until its last solve; without an entry it took none.
Tickets count from the first entry of all on (decision 15).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.lives import countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.people import home_team
from tests.reference.kpis.phone import Call, read_calls, seconds_of
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant

KPI_IDS = frozenset({"average_handle_time"})


def _parts(call: Call, desk: Desk) -> Iterator[Case]:
    """Each agent's own part of a call: all legs of one agent are one."""
    parts: dict[str, list[Record]] = {}
    for leg in call.legs:
        if leg.get("agent_id") and leg.get("outcome") == "answered":
            parts.setdefault(leg["agent_id"], []).append(leg)
    for agent_id, legs in parts.items():
        told = [(instant(leg["started_at"]), seconds_of(leg, "talk", "hold", "wrap_up")) for leg in legs]
        ended = max(began_at + timedelta(seconds=seconds) for began_at, seconds in told)
        yield Case(
            kpi_id="average_handle_time", variant="per_agent", attribution="event", clock="calendar",
            measure="average", on=ended.date(), denominator=1.0,
            where=Where(team=home_team(desk, agent_id), agent=agent_key(agent_id)),
            numerator=float(sum(seconds for _, seconds in told)),
        )  # fmt: skip


def _calls(desk: Desk) -> Iterator[Case]:
    for call in read_calls(desk):
        if call.is_worked_off(desk.as_of):
            yield Case(
                kpi_id="average_handle_time", attribution="event", clock="calendar", measure="distribution",
                on=call.work_ended_at.date(), where=call.of_last_agent,
                numerator=float(call.handle_seconds), denominator=1.0,
            )  # fmt: skip
            yield from _parts(call, desk)


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


def cases(desk: Desk) -> Iterator[Case]:
    """All cases of these KPIs.

    Args:
        desk: The desk to read.
    """
    yield from _calls(desk)
    yield from _tickets(desk)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(cases(desk), periods)
