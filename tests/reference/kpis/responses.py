"""How long customers waited for replies: for the first one and for every one, and who still waits."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Holder, Life, countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"first_response_time", "first_response_time_km", "reply_time_all"})
CLOCKS = ("calendar", "business")


def asking(desk: Desk) -> Iterator[Life]:
    """Tickets whose customer asks for a reply: not those that the helpdesk began.

    Args:
        desk: The desk to read.
    """
    yield from (life for life in countable_lives(desk) if life.origin != "proactive_outbound")


def response_seconds(life: Life, clock: str) -> int | None:
    """Seconds to the first reply that counts.

    Args:
        life: The ticket.
        clock: calendar or business.
    """
    if clock == "calendar":
        return life.reply_facts.first_response_seconds
    return life.business["first_response_business_seconds"]


def waited_seconds(life: Life, clock: str) -> int:
    """Of a ticket without a reply: how long its customer is known to have waited.

    Args:
        life: The ticket.
        clock: calendar or business.
    """
    first = life.waits[0]
    return first.seconds if clock == "calendar" else first.business_seconds


def _by_reply(life: Life) -> Iterator[Case]:
    replied_at = life.reply_facts.first_replied_at
    if replied_at is None:
        return
    holder = Holder(life.author_id(life.replies[0]), life.holder_at(replied_at).group_id)
    for clock in CLOCKS:
        yield Case(
            kpi_id="first_response_time",
            attribution="event",
            measure="distribution",
            clock=clock,
            on=day(replied_at),
            where=life.where(holder),
            numerator=float(response_seconds(life, clock) or 0),
            denominator=1.0,
        )


def _by_creation(life: Life) -> Iterator[Case]:
    on, where = day(life.facts.created_at), life.where(life.first_holder)
    for clock in CLOCKS:
        seconds = response_seconds(life, clock)
        is_censored = seconds is None
        yield Case(
            kpi_id="first_response_time",
            attribution="created",
            measure="distribution",
            clock=clock,
            on=on,
            where=where,
            numerator=None if seconds is None else float(seconds),
            denominator=1.0,
            is_censored=is_censored,
        )
        yield Case(
            kpi_id="first_response_time_km",
            attribution="created",
            measure="survival",
            clock=clock,
            on=on,
            where=where,
            numerator=float(waited_seconds(life, clock) if seconds is None else seconds),
            is_censored=is_censored,
        )


def _every_reply(life: Life) -> Iterator[Case]:
    for wait in life.waits:
        if wait.state != "replied" or wait.ended_at is None:
            continue
        reply = next(m for m in life.replies if max(m.sent_at, life.facts.created_at) == wait.ended_at)
        holder = Holder(life.author_id(reply), life.holder_at(wait.ended_at).group_id)
        for clock in CLOCKS:
            yield Case(
                kpi_id="reply_time_all",
                attribution="event",
                measure="distribution",
                clock=clock,
                on=day(wait.ended_at),
                where=life.where(holder),
                numerator=float(wait.seconds if clock == "calendar" else wait.business_seconds),
                denominator=1.0,
            )


def cases(desk: Desk) -> Iterator[Case]:
    """All cases of these KPIs.

    Args:
        desk: The desk to read.
    """
    for life in asking(desk):
        yield from _by_reply(life)
        yield from _by_creation(life)
    for life in countable_lives(desk):
        yield from _every_reply(life)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(cases(desk), periods)
