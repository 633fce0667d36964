"""What a request costs the customer in screens and clicks, and orders of which customers were told in time.

Where the catalogue leaves room (decisions 16 and 17), this reference reads it so:

* A journey ends with its first completion, else with an abandonment that is its last step; else, after 24
  hours of silence, its last step was its end. On that day it counts. The same instant, kind and screen told
  twice is one step.
* Effort is of completed journeys; those given up are censored, as nobody knows what they would have
  taken.
* An order counts on its own day, a delay on that of the delay. One that nobody was told of and nobody
  asked about is pending for 14 days, then a miss.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant

KPI_IDS = frozenset(
    {"effort_screens", "effort_clicks", "one_click_completion_rate", "proactive_notification_rate"}
)
_SILENCE, _MATURITY = timedelta(hours=24), timedelta(days=14)


def _journey(records: Sequence[Record], now: datetime) -> Iterator[Case]:
    found = {(instant(r["occurred_at"]), r["kind"], r.get("screen")) for r in records}
    steps = sorted(found, key=lambda step: (step[0], step[1] == "complete"))
    completions = [at for at, kind, _ in steps if kind == "complete"]
    last_at, last_kind, _ = steps[-1]
    if completions:
        until = [step for step in steps if step[0] <= completions[0]]
        told = {
            "effort_screens": len({screen for _, kind, screen in until if kind == "screen"}),
            "effort_clicks": sum(kind == "click" for _, kind, _ in until),
        }
        ended_at = completions[0]
        yield Case(
            kpi_id="one_click_completion_rate", attribution="event", measure="rate", on=day(ended_at),
            where=Where(), numerator=float(told["effort_clicks"] <= 1), denominator=1.0,
        )  # fmt: skip
    elif last_kind == "abandon" or last_at + _SILENCE <= now:
        told, ended_at = dict.fromkeys(("effort_screens", "effort_clicks")), last_at
    else:
        return
    for kpi_id, count in told.items():
        yield Case(
            kpi_id=kpi_id, attribution="event", measure="distribution", on=day(ended_at), where=Where(),
            numerator=count, denominator=None if count is None else 1.0, is_censored=count is None,
        )  # fmt: skip


def _past(desk: Desk, record: Record, name: str) -> datetime | None:
    at = instant(record[name]) if record.get(name) else None
    return at if at is not None and at <= desk.as_of else None


def _orders(desk: Desk) -> Iterator[Case]:
    for order in desk.stream("orders"):
        ordered_at = instant(order["ordered_at"])
        notified_at, asked_at = _past(desk, order, "notified_at"), _past(desk, order, "first_asked_at")
        events = {"default": ordered_at, "delayed": _past(desk, order, "delayed_at")}
        for variant, happened_at in events.items():
            if happened_at is None:
                continue
            if notified_at or asked_at:
                met = float(notified_at is not None and (asked_at is None or notified_at < asked_at))
            else:
                met = None if happened_at + _MATURITY > desk.as_of else 0.0
            yield Case(
                kpi_id="proactive_notification_rate", variant=variant, attribution="event", measure="rate",
                on=day(happened_at), where=Where(), numerator=met, denominator=None if met is None else 1.0,
                is_censored=met is None,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    journeys: dict[str, list[Record]] = {}
    for record in desk.stream("journey_events"):
        journeys.setdefault(record["journey_id"], []).append(record)
    cases = [case for records in journeys.values() for case in _journey(records, desk.as_of)]
    return told_figures([*cases, *_orders(desk)], periods)
