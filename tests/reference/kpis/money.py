"""Amounts in the reporting currency: each at the last rate told up to its day, EUR being one for one."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from tests.reference.kpis.raw import Desk
from tests.reference.records import text

REPORTING_CURRENCY = "EUR"

_PLACES = Decimal("0.0001")


def rounded(amount: Decimal) -> Decimal:
    """An amount as money is kept: with four decimals, halves away from zero."""
    return amount.quantize(_PLACES, ROUND_HALF_UP)


@lru_cache(maxsize=4)
def _rates(desk: Desk) -> dict[str, list[tuple[date, Decimal]]]:
    rates: dict[str, list[tuple[date, Decimal]]] = {}
    for record in desk.stream("exchange_rates"):
        told = text(record.get("rate_to_reporting"))
        if told is not None:
            rates.setdefault(record["currency"], []).append(
                (date.fromisoformat(record["date"]), Decimal(told))
            )
    return {currency: sorted(told) for currency, told in rates.items()}


def in_reporting_currency(desk: Desk, amount: object, currency: str | None, on: date) -> Decimal | None:
    """An amount in the reporting currency, not rounded yet; None without an amount, a currency or a rate.

    Args:
        desk: The desk whose rates are told.
        amount: The amount as delivered.
        currency: Its ISO 4217 code.
        on: The day whose rate counts.
    """
    told = text(amount)
    if told is None or currency is None:
        return None
    if currency == REPORTING_CURRENCY:
        return Decimal(told)
    known = [rate for day, rate in _rates(desk).get(currency, []) if day <= on]
    return Decimal(told) * known[-1] if known else None
