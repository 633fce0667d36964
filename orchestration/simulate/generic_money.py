"""The open format's costs, month by month, and the daily rates of foreign money."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import GROUPS
from orchestration.simulate.files import write_csv
from orchestration.simulate.population import Agent
from orchestration.simulate.world import World

_COLUMNS = ("month", "category", "nature", "amount", "currency", "team")
_DOLLARS = ("group-americas",)
_MONTHLY_PAY = 3_200
_PER_AGENT = {"tools": 85, "telecom": 40, "training": 60}
_SHARED = {"overhead": 4_500, "licences": 1_900}
_MONTHLY_BEFORE = 800
_EQUIPMENT = 1_400
# Euros for one unit, at the start; JPY is here because some tickets are settled in it.
_RATES = {"USD": 0.90, "GBP": 1.27, "JPY": 0.0080}


def write_money(folder: Path, world: World, part_time: float, chance: Chance) -> None:
    """Write costs and exchange rates.

    Args:
        folder: Where the streams' folders are made.
        world: The helpdesk: costs follow the heads of its groups.
        part_time: What part of their time agents are paid for; all is smaller in a small helpdesk.
        chance: How costs and rates move.
    """
    write_csv(folder / "costs" / "costs.csv", _COLUMNS, _costs(world, part_time, chance))
    rates = _rates(world, chance)
    write_csv(
        folder / "exchange_rates" / "exchange_rates.csv", ("date", "currency", "rate_to_reporting"), rates
    )


def _costs(
    world: World, part_time: float, chance: Chance
) -> Iterator[tuple[str, str, str, str, str, str | None]]:
    for month in _months(world):
        day = _instant(month)

        def line(
            category: str, euros: float, nature: str, currency: str, team: str | None, month: date = month
        ) -> tuple[str, str, str, str, str, str | None]:
            amount = euros * part_time * chance.lognormvariate(0, 0.05)
            return f"{month}", category, nature, f"{amount:.2f}", currency, team

        for group in GROUPS:
            currency = "USD" if group.group_id in _DOLLARS else "EUR"
            members = world.population.agents[group.group_id]
            heads = sum(_is_there(agent, day) for agent in members)
            pay = _MONTHLY_PAY * (0.8 + 0.2 * int(group.tier))
            yield line("labour", heads * pay, "opex", currency, group.group_id)
            for category, euros in _PER_AGENT.items():
                yield line(category, heads * euros, "opex", currency, group.group_id)
            hired = sum(1 for agent in members if agent.hired_on.replace(day=1) == month)
            if hired:
                yield line("equipment", hired * _EQUIPMENT, "capex", currency, group.group_id)
        for category, euros in _SHARED.items():
            yield line(category, euros, "opex", "EUR", None)
        if month.month % 6 == 3:
            yield line("platform", 30_000, "capex", "EUR", None)


def _rates(world: World, chance: Chance) -> Iterator[tuple[str, str, str]]:
    """Every day from the first month's first on, and every month before, when customers came first."""
    first = world.first.replace(day=1)
    day = (first - timedelta(days=_MONTHLY_BEFORE)).replace(day=1)
    rates = dict(_RATES)
    while day <= world.last:
        rates = {currency: rate * chance.lognormvariate(0, 0.004) for currency, rate in rates.items()}
        for currency, rate in rates.items():
            yield f"{day}", currency, f"{rate:.6f}"
        day = day + timedelta(days=1) if day >= first else (day + timedelta(days=32)).replace(day=1)


def _months(world: World) -> Iterator[date]:
    month = world.first.replace(day=1)
    while month <= world.last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _is_there(agent: Agent, day: int) -> bool:
    return agent.works_from <= day + 31 * 86_400 and day < agent.works_until


def _instant(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
