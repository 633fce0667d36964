"""What bots resolved, and what customers suggested.

A bot's resolution stands when the customer has no other contact within 7 days; until then it is in
neither part, whoever asked, so that recent ones are of no other kind than earlier ones (E13; decision
17). Votes count on the day of the suggestion.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk, number
from tests.reference.records import instant

KPI_IDS = frozenset({"bot_resolution_rate", "suggestion_votes"})
_RETURN = timedelta(days=7)
_RESOLVED = {"resolved_assumed": "assumed", "resolved_confirmed": "confirmed"}


def _contacts(desk: Desk) -> dict[str, list[datetime]]:
    told = [
        (life.requester_id, life.facts.created_at)
        for life in countable_lives(desk)
        if life.origin not in ("proactive_outbound", "system")
    ]
    told += [
        (call.get("customer_id"), instant(call["started_at"]))
        for call in desk.stream("calls")
        if call["direction"] == "inbound"
    ]
    told += [
        (chat.get("customer_id"), instant(chat["started_at"])) for chat in desk.stream("bot_conversations")
    ]
    contacts: dict[str, list[datetime]] = {}
    for customer_id, at in told:
        if customer_id:
            contacts.setdefault(customer_id, []).append(at)
    return contacts


def _conversations(desk: Desk) -> Iterator[Case]:
    contacts = _contacts(desk)
    for chat in desk.stream("bot_conversations"):
        began_at, customer_id = instant(chat["started_at"]), chat.get("customer_id")
        resolved = _RESOLVED.get(chat["outcome"])
        has_returned = any(began_at < at <= began_at + _RETURN for at in contacts.get(customer_id or "", []))
        is_open = bool(resolved and not has_returned and began_at + _RETURN > desk.as_of)
        for variant in ("default", "assumed", "confirmed"):
            is_met = resolved is not None and not has_returned and variant in ("default", resolved)
            yield Case(
                kpi_id="bot_resolution_rate", variant=variant, attribution="event", measure="rate",
                on=day(began_at), where=Where(), numerator=None if is_open else float(is_met),
                denominator=None if is_open else 1.0, is_censored=is_open,
            )  # fmt: skip


def _suggestions(desk: Desk) -> Iterator[Case]:
    for suggestion in desk.stream("suggestions"):
        on, votes = day(instant(suggestion["created_at"])), number(suggestion.get("votes"))
        told = {"default": 1.0} | ({} if votes is None else {"votes": votes})
        for variant, count in told.items():
            yield Case(
                kpi_id="suggestion_votes", variant=variant, attribution="event", measure="count", on=on,
                where=Where(), numerator=count,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures([*_conversations(desk), *_suggestions(desk)], periods)
