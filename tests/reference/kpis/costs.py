"""What the service costs, a month's cost being the same on each of its days.

Capital is spread evenly over 36 months, its own first, at that month's rate. A line is told once: of two
with the same month, category, nature, currency and team the later one counts (decision 16).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import team_label
from tests.reference.kpis.lives import all_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.money import in_reporting_currency, rounded
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant, text

KPI_IDS = frozenset({"support_cost_total"})
_CAPEX_MONTHS = 36


def _months_later(month: date, count: int) -> date:
    months = month.year * 12 + month.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _part(amount: Decimal, number: int, parts: int) -> Decimal:
    """One of equal parts, rounded so that all of them add up to the whole."""
    return rounded(amount * (number + 1) / parts) - rounded(amount * number / parts)


def monthly_costs(desk: Desk) -> dict[date, dict[str | None, Decimal]]:
    """The cost of each month by team; None is what no team bears.

    Args:
        desk: The desk to read.
    """
    costs: dict[date, dict[str | None, Decimal]] = {}
    for line in desk.stream("costs"):
        month = date.fromisoformat(line["month"])
        amount = in_reporting_currency(desk, line["amount"], text(line["currency"]), month)
        parts = _CAPEX_MONTHS if line["nature"] == "capex" else 1
        for number in range(parts if amount else 0):
            told = costs.setdefault(_months_later(month, number), {})
            team = team_label(desk, text(line.get("team")))
            told[team] = told.get(team, Decimal(0)) + _part(amount, number, parts)
    return costs


def daily_costs(desk: Desk) -> dict[date, dict[str | None, float]]:
    """The cost of each day by team, from the first ticket or call to the day of as_of.

    Args:
        desk: The desk to read.
    """
    ledger = monthly_costs(desk)
    began = [day(life.facts.created_at) for life in all_lives(desk)]
    on = min([*began, *(day(instant(call["started_at"])) for call in desk.stream("calls"))])
    costs = {}
    while on <= desk.as_of.date():
        month = on.replace(day=1)
        days = (_months_later(month, 1) - month).days
        costs[on] = {team: float(amount / days) for team, amount in ledger.get(month, {}).items()}
        on += timedelta(days=1)
    return costs


def _cases(desk: Desk) -> Iterator[Case]:
    for on, teams in daily_costs(desk).items():
        for team, amount in teams.items():
            yield Case(
                kpi_id="support_cost_total", attribution="event", measure="sum", on=on,
                where=Where(team=team), numerator=amount,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
