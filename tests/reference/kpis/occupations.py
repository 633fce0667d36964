"""How agents spend their time: occupancy, utilisation, shrinkage, hours by activity, and what an hour
brings.

One agent's day is one case. Agents are in their home teams; only tickets of agents whose hours are told
count (decision 15).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from tests.reference.kpis.agent_time import AT_WORK, BUSIEST_FIRST, HANDLING, Piece, all_pieces
from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset(
    {
        "occupancy",
        "utilisation",
        "shrinkage",
        "operating_hours_spent",
        "tickets_handled_per_hour",
        "tickets_solved_per_hour",
        "handled_to_solved_ratio",
    }
)
_OUTPUT = {"tickets_handled_per_hour": "event", "tickets_solved_per_hour": "solved"}


def _agent_days(desk: Desk) -> dict[tuple[str, date], list[Piece]]:
    days: dict[tuple[str, date], list[Piece]] = {}
    for piece in all_pieces(desk):
        days.setdefault((piece.agent_id, piece.day), []).append(piece)
    return days


def _shares(desk: Desk) -> Iterator[Case]:
    for (agent_id, on), pieces in _agent_days(desk).items():
        where = Where(team=home_team(desk, agent_id), agent=agent_key(agent_id))

        def seconds(*states: str, paid: bool = False, told: Sequence[Piece] = pieces) -> int:
            return sum(p.seconds for p in told if p.state in states and (p.is_paid or not paid))

        at_work, paid_seconds = seconds(*AT_WORK), sum(p.seconds for p in pieces if p.is_paid)
        ratios = {
            "occupancy": (seconds(*HANDLING), at_work),
            "utilisation": (seconds(*HANDLING, paid=True), paid_seconds),
            "shrinkage": (paid_seconds - seconds(*AT_WORK, paid=True), paid_seconds),
        }
        for kpi_id, (above, below) in ratios.items():
            if below:
                yield Case(
                    kpi_id=kpi_id, attribution="event", measure="rate", on=on, where=where, numerator=above,
                    denominator=below,
                )  # fmt: skip
        hours = {state: seconds(state) for state in BUSIEST_FIRST}
        hours["default"] = sum(told for state, told in hours.items() if state != "offline")
        for variant, spent in hours.items():
            if spent:
                yield Case(
                    kpi_id="operating_hours_spent", variant=variant, attribution="event", measure="sum",
                    on=on, where=where, numerator=spent,
                )  # fmt: skip
        for kpi_id, attribution in _OUTPUT.items():
            if at_work:
                yield Case(
                    kpi_id=kpi_id, attribution=attribution, measure="distinct_per_unit", on=on, where=where,
                    numerator=0.0, denominator=at_work / 3600,
                )  # fmt: skip


def _tickets(desk: Desk) -> Iterator[Case]:
    known_since: dict[str, date] = {}
    for piece in all_pieces(desk):
        if piece.state:
            known_since.setdefault(piece.agent_id, piece.day)
    for life in countable_lives(desk):
        solves = [(spell.assignee_id, day(spell.started_at)) for spell in life.solves]
        replies = [(life.author_id(reply), day(reply.sent_at)) for reply in life.replies]
        last = [(life.last_solve.assignee_id, day(life.last_solve.started_at))] if life.last_solve else []
        handled, solved = {*solves, *replies}, set(last)
        for told, kpi_id, attribution, measure, above, below in (
            (handled, "tickets_handled_per_hour", "event", "distinct_per_unit", 1.0, None),
            (solved, "tickets_solved_per_hour", "solved", "distinct_per_unit", 1.0, None),
            (handled, "handled_to_solved_ratio", "event", "distinct_rate", 1.0, 0.0),
            (solved, "handled_to_solved_ratio", "event", "distinct_rate", 0.0, 1.0),
        ):
            for agent_id, on in told:
                if agent_id in known_since and on >= known_since[agent_id]:
                    yield Case(
                        kpi_id=kpi_id, attribution=attribution, measure=measure, on=on,
                        where=Where(team=home_team(desk, agent_id), agent=agent_key(agent_id)),
                        numerator=above, denominator=below, subject=life.ticket_id,
                    )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures([*_shares(desk), *_tickets(desk)], periods)
