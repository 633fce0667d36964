"""How long customers waited for replies, which shares were replied to in time, and who never was."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Holder, Life, countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import flag, instant, seconds_between

KPI_IDS = frozenset(
    {
        "first_response_time",
        "first_response_time_km",
        "reply_time_all",
        "response_within_target_rate",
        "never_responded_rate",
        "auto_acknowledgement_rate",
    }
)
HOUR = 3600
# What is told without a setting: within a day, and shorter ones beside it.
TARGET_HOURS = {"default": 24, "within_1h": 1, "within_4h": 4, "within_8h": 8}
MATURITY_SECONDS = 14 * 24 * HOUR
CLOCKS = ("calendar", "business")


def _asking(desk: Desk) -> Iterator[Life]:
    """Tickets whose customer asks for a reply: not those that the helpdesk began."""
    yield from (life for life in countable_lives(desk) if life.origin != "proactive_outbound")


def _of_customers(desk: Desk) -> Iterator[Life]:
    """Tickets of customers, whoever wrote them down: nobody else is acknowledged or left waiting."""
    return (life for life in _asking(desk) if life.origin in (None, "customer", "agent_on_behalf"))


def response_seconds(life: Life, clock: str) -> int | None:
    """Seconds to the first reply that counts.

    Args:
        life: The ticket.
        clock: calendar or business.
    """
    if clock == "calendar":
        return life.reply_facts.first_response_seconds
    return life.business["first_response_business_seconds"]


def _waited_seconds(life: Life, clock: str) -> int:
    """Of a ticket without a reply: how long its customer is known to have waited."""
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
            numerator=float(_waited_seconds(life, clock) if seconds is None else seconds),
            is_censored=is_censored,
        )
        yield from _within_target(life, clock, seconds)


def _within_target(life: Life, clock: str, seconds: int | None) -> Iterator[Case]:
    age = seconds_between(life.facts.created_at, life.desk.as_of)
    is_waiting = bool(life.waits) and life.waits[0].state == "waiting"
    for variant, hours in TARGET_HOURS.items():
        target = hours * HOUR
        if seconds is not None:
            is_pending = False
        elif is_waiting:
            is_pending = _waited_seconds(life, clock) <= target
        else:
            is_pending = age <= target
        yield Case(
            kpi_id="response_within_target_rate",
            variant=variant,
            attribution="created",
            measure="rate",
            clock=clock,
            on=day(life.facts.created_at),
            where=life.where(life.first_holder),
            numerator=None if is_pending else float(seconds is not None and seconds <= target),
            denominator=None if is_pending else 1.0,
            is_censored=is_pending,
        )


def _never(life: Life) -> Iterator[Case]:
    age = seconds_between(life.facts.created_at, life.desk.as_of)
    is_young = age < MATURITY_SECONDS
    is_unreplied = life.reply_facts.first_replied_at is None
    is_solved = life.facts.solved_at is not None
    for variant, is_counted in (
        ("default", is_unreplied and not is_solved),
        ("solved_unreplied", is_unreplied and is_solved),
    ):
        yield Case(
            kpi_id="never_responded_rate",
            variant=variant,
            attribution="created",
            measure="rate",
            on=day(life.facts.created_at),
            where=life.where(life.first_holder),
            numerator=None if is_young else float(is_counted),
            denominator=None if is_young else 1.0,
            # A young one that was replied to is in neither part; one that was not may still be.
            is_censored=is_young and is_unreplied,
        )


def _acknowledged(life: Life) -> Iterator[Case]:
    created_at = life.facts.created_at
    automatic = [
        seconds_between(created_at, instant(record["sent_at"]))
        for record in life.messages
        if record["author_type"] != "customer"
        and (flag(record.get("is_automated")) or record["author_type"] in ("bot", "system"))
        and not flag(record.get("is_description"))
    ]
    is_acknowledged = any(0 <= seconds <= HOUR for seconds in automatic)
    is_pending = not is_acknowledged and seconds_between(created_at, life.desk.as_of) <= HOUR
    yield Case(
        kpi_id="auto_acknowledgement_rate",
        attribution="created",
        measure="rate",
        clock="calendar",
        on=day(created_at),
        where=life.where(life.first_holder),
        numerator=None if is_pending else float(is_acknowledged),
        denominator=None if is_pending else 1.0,
        is_censored=is_pending,
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


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    cases = [case for life in _asking(desk) for tell in (_by_reply, _by_creation) for case in tell(life)]
    cases += [case for life in _of_customers(desk) for tell in (_never, _acknowledged) for case in tell(life)]
    cases += [case for life in countable_lives(desk) for case in _every_reply(life)]
    return told_figures(cases, periods)
