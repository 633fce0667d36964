"""How many unsolved tickets an agent has in hand at once, over the time in which the agent has any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from tests.reference.kpis.backlog_days import ever_in_backlog
from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key, team_label
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import UNSOLVED, seconds_between, text

KPI_IDS = frozenset({"concurrent_tickets_per_agent"})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holding:
    """One agent's unsolved ticket on one day."""

    agent_id: str
    on: date
    start: datetime
    end: datetime


def _holdings(desk: Desk) -> Iterator[Holding]:
    for life in ever_in_backlog(desk):
        for spell in life.spells:
            if spell.status not in UNSOLVED or spell.assignee_id is None:
                continue
            start, end = spell.started_at, spell.ended_at or desk.as_of
            while start < end:
                midnight = datetime.combine(day(start) + ONE_DAY, time())
                yield Holding(spell.assignee_id, day(start), start, min(end, midnight))
                start = midnight


def _in_hand(holdings: Sequence[Holding]) -> tuple[int, int, int]:
    """Of one agent's tickets: seconds of all together, seconds with any, and the most at once."""
    moments = sorted({at for holding in holdings for at in (holding.start, holding.end)})
    together = busy = most = 0
    for start, end in pairwise(moments):
        count = sum(holding.start <= start < holding.end for holding in holdings)
        together += count * seconds_between(start, end)
        busy += seconds_between(start, end) if count else 0
        most = max(most, count)
    return together, busy, most


def _cases(desk: Desk) -> Iterator[Case]:
    home_teams = {agent["agent_id"]: text(agent.get("group_id")) for agent in desk.stream("agents")}
    by_day: dict[tuple[str, date], list[Holding]] = {}
    for holding in _holdings(desk):
        by_day.setdefault((holding.agent_id, holding.on), []).append(holding)
    for (agent_id, on), holdings in by_day.items():
        together, busy, most = _in_hand(holdings)
        # An agent's time is the home team's, whichever team a ticket is in.
        where = Where(team=team_label(desk, home_teams.get(agent_id)), agent=agent_key(agent_id))
        for measure, numerator in (("average", together), ("max", most)):
            yield Case(
                kpi_id="concurrent_tickets_per_agent",
                attribution="as_of",
                measure=measure,
                on=on,
                where=where,
                numerator=float(numerator),
                denominator=float(busy),
            )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
