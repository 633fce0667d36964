"""On how many KPIs an agent does better or worse than colleagues with the same mix of tickets.

Where the catalogue leaves room, this reference reads it so:

* Compared is how soon, how surely and how well agents work, each by its registered attribution, so that one
  survey or solve counts once; of the 182 days up to that of as_of, within one helpdesk.
* The mix is of ticket types and priorities. A kind weighs what it is of all agents' tickets, for the agent
  and the colleagues alike; where one of them had none of a kind there is nothing to compare.
* A verdict needs 20 tickets, and a difference outside 1.96 standard errors. Tickets of a kind vary alike
  whoever has them: each kind's variance is that of all of them.
* A duration by two clocks is two comparisons of one KPI. It counts once as better and once as worse.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import chain
from statistics import fmean, pvariance

from tests.reference.kpis import customer_voice, handling, outcomes, resolutions, responses
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import day
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"agent_strengths"})
ATTRIBUTIONS = {
    "first_response_time": "event",
    "average_resolution_time": "solved",
    "one_touch_rate": "solved",
    "first_contact_resolution_rate": "solved",
    "service_level_resolution": "created",
    "csat_score": "event",
    "average_handle_time": "event",
}
LOWER_IS_BETTER = {"first_response_time", "average_resolution_time", "average_handle_time"}
HALF_YEAR = timedelta(days=182)
LEAST_TICKETS, STANDARD_ERRORS = 20, 1.96
VERDICTS, TOO_FEW = ("stronger", "weaker"), "too few tickets"
# The values of each agent by kind of ticket.
Mix = Mapping[object, Mapping[str, Sequence[float]]]


@dataclass(frozen=True)
class Comparison:
    """One agent beside the colleagues on one KPI; ``n`` is the agent's tickets."""

    n: int
    adjusted_value: float
    colleagues_value: float
    margin: float
    verdict: str


def _compared(desk: Desk) -> Iterator[Case]:
    last = day(desk.as_of)
    tells = (topic.cases(desk) for topic in (responses, resolutions, outcomes, customer_voice, handling))
    for case in chain.from_iterable(tells):
        if (
            (case.variant, case.attribution) == ("default", ATTRIBUTIONS.get(case.kpi_id))
            and case.measure in ("rate", "distribution")
            and last - HALF_YEAR < case.on <= last
            and case.numerator is not None
            and case.where.agent is not None
        ):
            yield case


def _mixes(desk: Desk) -> dict[tuple[str, str], Mix]:
    """Values by KPI and clock."""
    mixes: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for case in _compared(desk):
        kind = (case.where.ticket_type, case.where.priority)
        mixes[case.kpi_id, case.clock][kind][case.where.agent].append(case.numerator)
    return mixes


def _compare(kpi_id: str, mix: Mix, agent: str) -> Comparison | None:
    """How an agent compares; None where nobody else had such tickets."""
    kinds = []
    for values in mix.values():
        own = values.get(agent, [])
        others = [value for other, told in values.items() if other != agent for value in told]
        if own and others:
            kinds.append((own, others))
    if not kinds:
        return None
    n = sum(len(own) for own, _ in kinds)
    total = sum(len(own) + len(others) for own, others in kinds)
    adjusted, colleagues, variance = 0.0, 0.0, 0.0
    for own, others in kinds:
        weight = (len(own) + len(others)) / total
        adjusted += weight * fmean(own)
        colleagues += weight * fmean(others)
        variance += weight**2 * pvariance([*own, *others]) * (1 / len(own) + 1 / len(others))
    margin = STANDARD_ERRORS * math.sqrt(variance)
    is_better = (adjusted < colleagues) == (kpi_id in LOWER_IS_BETTER)
    verdict = "stronger" if is_better else "weaker"
    if abs(adjusted - colleagues) <= margin:
        verdict = "like colleagues"
    return Comparison(n, adjusted, colleagues, margin, verdict if n >= LEAST_TICKETS else TOO_FEW)


@lru_cache(maxsize=4)
def comparisons(desk: Desk) -> dict[tuple[str, str, str], Comparison]:
    """How agents compare, by KPI, clock and agent.

    Args:
        desk: The desk to read.
    """
    found = {}
    for (kpi_id, clock), mix in _mixes(desk).items():
        for agent in {agent for values in mix.values() for agent in values}:
            compared = _compare(kpi_id, mix, agent)
            if compared is not None:
                found[kpi_id, clock, agent] = compared
    return found


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs: of the periods in which as_of lies.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    verdicts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (kpi_id, _, agent), compared in comparisons(desk).items():
        if compared.verdict != TOO_FEW:
            verdicts[agent, kpi_id].add(compared.verdict)
    slices = [("agent", agent) for agent in sorted({agent for agent, _ in verdicts})]
    told: dict[Figure, Value] = {}
    for period in (period for period in periods if period.has(day(desk.as_of))):
        for name, value in [("all", "all"), *slices] if slices else []:
            found = [given for (agent, _), given in verdicts.items() if name == "all" or agent == value]
            for variant in VERDICTS:
                figure = Figure(
                    "agent_strengths", variant, "as_of", "count", "none",
                    period.grain, period.start, name, value,
                )  # fmt: skip
                told[figure] = Value(float(sum(variant in given for given in found)), n=len(found))
    return told
