"""Who helps himself: users of the help centre beside requesters of tickets, and sessions without a ticket.

Where the catalogue leaves room (decision 17), this reference reads it so:

* A user is a customer, else a visitor; a visitor who was only ever one customer is that one. Agents are
  none.
* Requesters count from the first day on which the help centre was used.
* A session ends after 30 minutes without a step; searches and views are its contact intent. It counts on
  the day it began, and is judged 24 hours after its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant

KPI_IDS = frozenset({"self_service_score", "deflection_rate"})
_VOTES = ("vote_up", "vote_down")
# Who did not begin the ticket did not choose it over the help centre.
_NOT_ASKED = ("proactive_outbound", "system")
_PAUSE, _AFTER = timedelta(minutes=30), timedelta(hours=24)


@dataclass(frozen=True)
class Use:
    """One step in the help centre of somebody who is no agent."""

    at: datetime
    user: str
    customer_id: str | None
    kind: str


def _uses(desk: Desk) -> list[Use]:
    events = [
        event
        for event in desk.stream("knowledge_events")
        if event["kind"] in ("view", "search", *_VOTES) and not event.get("agent_id")
    ]
    customers: dict[str, set[str]] = {}
    for event in events:
        if event.get("visitor_id") and event.get("customer_id"):
            customers.setdefault(event["visitor_id"], set()).add(event["customer_id"])

    def customer(event: Record) -> str | None:
        known = customers.get(event.get("visitor_id") or "", set())
        return event.get("customer_id") or (next(iter(known)) if len(known) == 1 else None)

    return [
        Use(
            instant(event["occurred_at"]),
            customer(event) or event["visitor_id"],
            customer(event),
            event["kind"],
        )
        for event in events
        if customer(event) or event.get("visitor_id")
    ]


def _scores(desk: Desk) -> Iterator[Case]:
    uses = _uses(desk)
    for use in uses:
        yield Case(
            kpi_id="self_service_score", attribution="event", measure="distinct_rate", on=day(use.at),
            where=Where(), numerator=1.0, denominator=0.0, subject=f"user {use.user}",
        )  # fmt: skip
    first_day = min((day(use.at) for use in uses if use.kind not in _VOTES), default=None)
    for life in countable_lives(desk):
        on = day(life.facts.created_at)
        if first_day and on >= first_day and life.requester_id and life.origin not in _NOT_ASKED:
            yield Case(
                kpi_id="self_service_score", attribution="event", measure="distinct_rate", on=on,
                where=Where(), numerator=0.0, denominator=1.0, subject=f"requester {life.requester_id}",
            )  # fmt: skip


def _sessions(desk: Desk) -> list[list[Use]]:
    sessions: list[list[Use]] = []
    steps = [use for use in _uses(desk) if use.kind not in _VOTES]
    for use in sorted(steps, key=lambda use: (use.user, use.at)):
        last = sessions[-1][-1] if sessions else None
        if last and last.user == use.user and use.at - last.at < _PAUSE:
            sessions[-1].append(use)
        else:
            sessions.append([use])
    return sessions


def _deflections(desk: Desk) -> Iterator[Case]:
    asked: dict[str, list[datetime]] = {}
    for life in countable_lives(desk):
        if life.requester_id and life.origin not in _NOT_ASKED:
            asked.setdefault(life.requester_id, []).append(life.facts.created_at)
    for session in _sessions(desk):
        began_at, until, customer_id = session[0].at, session[-1].at + _AFTER, session[-1].customer_id
        is_asked = any(began_at <= at <= until for at in asked.get(customer_id or "", []))
        is_open = not is_asked and until > desk.as_of
        for variant in ("default", "with_unknown_visitors") if customer_id else ("with_unknown_visitors",):
            yield Case(
                kpi_id="deflection_rate", variant=variant, attribution="event", measure="rate",
                on=day(began_at), where=Where(), numerator=None if is_open else float(not is_asked),
                denominator=None if is_open else 1.0, is_censored=is_open,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures([*_scores(desk), *_deflections(desk)], periods)
