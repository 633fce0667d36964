"""Who is there: tickets for each full-time agent, and trainers for each new hire.

Where the catalogue leaves room (decision 15), this reference reads it so:

* A full-time agent is paid shift time over eight hours of each working day (Monday to Friday; a weekend's
  day by itself is one). A team's tickets are those it was the first to hold.
* Trainers and new hires are active agents as the roster has them now; a new hire is in training at a
  period's end.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tests.reference.kpis.agent_time import Span, paid_shifts
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.labels import team_label
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided
from tests.reference.kpis.people import home_team, roster
from tests.reference.kpis.raw import Desk
from tests.reference.records import flag

KPI_IDS = frozenset({"tickets_per_agent", "trainer_ratio"})
_FULL_DAY = timedelta(hours=8)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time())


def _days(period: Period, desk: Desk) -> list[date]:
    """Its days so far."""
    last = min(period.last, desk.as_of.date())
    return [period.start + timedelta(days=number) for number in range((last - period.start).days + 1)]


def _overlap(span: Span, period: Period) -> timedelta:
    start, end = (
        max(span[0], _midnight(period.start)),
        min(span[1], _midnight(period.last) + timedelta(days=1)),
    )
    return max(end - start, timedelta(0))


def _slices(desk: Desk, teams: set[str | None]) -> list[tuple[str, str]]:
    named = [("team", team or "unassigned") for team in sorted(teams, key=str)]
    return [("all", "all"), ("source_system", "generic"), *named]


def _tickets_per_agent(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    shifts = [(home_team(desk, a), span) for a, spans in paid_shifts(desk).items() for span in spans]
    tickets = []
    for life in countable_lives(desk):
        groups = [spell.group_id for spell in life.spells if spell.group_id]
        tickets.append((team_label(desk, groups[0] if groups else None), day(life.facts.created_at)))
    for period in periods:
        working = sum(on.weekday() < 5 for on in _days(period, desk)) or len(_days(period, desk))
        known = {team for team, span in shifts if span[0] < _midnight(period.last) + timedelta(days=1)}
        known |= {team for team, on in tickets if on <= period.last}
        for name, value in _slices(desk, known):
            own = [span for team, span in shifts if name != "team" or (team or "unassigned") == value]
            agents = sum((_overlap(span, period) for span in own), timedelta(0)) / (working * _FULL_DAY)
            count = sum(
                period.has(on) for team, on in tickets if name != "team" or (team or "unassigned") == value
            )
            figure = Figure(
                "tickets_per_agent",
                "default",
                "created",
                "rate",
                "none",
                period.grain,
                period.start,
                name,
                value,
            )
            yield figure, Value(divided(count, agents), count, agents, count)


def _trainer_ratio(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    active = [record for record in roster(desk).values() if flag(record.get("active")) is not False]
    teams = {team_label(desk, record.get("group_id")) for record in active}
    for period in periods:
        last = min(period.last, desk.as_of.date())
        for name, value in _slices(desk, teams):
            own = [
                record
                for record in active
                if name != "team" or (team_label(desk, record.get("group_id")) or "unassigned") == value
            ]
            trainers = sum(bool(flag(record.get("is_trainer"))) for record in own)
            hires = sum(
                bool(r.get("hired_on") and r.get("in_training_until"))
                and date.fromisoformat(r["hired_on"]) <= last <= date.fromisoformat(r["in_training_until"])
                for r in own
            )
            figure = Figure(
                "trainer_ratio", "default", "as_of", "rate", "none", period.grain, period.start, name, value
            )
            yield figure, Value(divided(trainers, hires), trainers, hires, hires)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return dict([*_tickets_per_agent(desk, periods), *_trainer_ratio(desk, periods)])
