"""What one contact and one solved ticket cost: the cost of a month's days over what was done on these days.

A team's is what it bears itself; what no team bears is in the whole service's alone. A contact is of the
first team that held its ticket, or that was called (decision 16).
"""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.costs import daily_costs
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.labels import team_label
from tests.reference.kpis.lives import countable_lives, day, held
from tests.reference.kpis.measures import divided
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.volume import contacts_without_ticket

KPI_IDS = frozenset({"cost_per_contact", "cost_per_resolution"})


def _contacts(desk: Desk) -> Iterator[tuple[str | None, object]]:
    tickets = {life.ticket_id: life for life in countable_lives(desk)}
    for life in tickets.values():
        if life.origin != "proactive_outbound":
            groups = [spell.group_id for spell in life.spells if spell.group_id]
            yield team_label(desk, groups[0] if groups else None), day(life.facts.created_at)
    yield from ((case.where.team, case.on) for case in contacts_without_ticket(desk, "cost_per_contact"))


def _done(desk: Desk) -> Iterator[tuple[str, str, list]]:
    yield "cost_per_contact", "event", list(_contacts(desk))
    solves = [life.last_solve for life in countable_lives(desk) if life.last_solve]
    yield (
        "cost_per_resolution",
        "solved",
        [(team_label(desk, held(spell).group_id), day(spell.started_at)) for spell in solves],
    )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs: of months, since a ledger tells nothing of shorter periods.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    costs, told = daily_costs(desk), {}
    for period in periods:
        if period.grain in ("day", "week"):
            continue
        days = [on for on in costs if period.has(on) and costs[on]]
        teams = sorted({team for on in days for team in costs[on] if team})
        for kpi_id, attribution, done in _done(desk):
            for name, value in [("all", "all"), *(("team", team) for team in teams)]:
                is_all = name == "all"
                cost = sum(c for on in days for team, c in costs[on].items() if is_all or team == value)
                count = sum(on in days and (is_all or team == value) for team, on in done)
                figure = Figure(
                    kpi_id, "default", attribution, "mean", "none", period.grain, period.start, name, value
                )
                told[figure] = Value(divided(cost, count), cost, count, count)
    return told
