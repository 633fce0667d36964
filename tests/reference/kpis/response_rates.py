"""Which tickets were replied to in time, which never were, and which an automatic message confirmed."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Life, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.responses import CLOCKS, asking, response_seconds, waited_seconds
from tests.reference.records import flag, instant, seconds_between

KPI_IDS = frozenset({"response_within_target_rate", "never_responded_rate", "auto_acknowledgement_rate"})
HOUR = 3600
# What is told without a setting: within a day, and shorter ones beside it.
TARGET_HOURS = {"default": 24, "within_1h": 1, "within_4h": 4, "within_8h": 8}
MATURITY_SECONDS = 14 * 24 * HOUR


def _of_customers(desk: Desk) -> Iterator[Life]:
    """Tickets of customers, whoever wrote them down: nobody else is acknowledged or left waiting."""
    return (life for life in asking(desk) if life.origin in (None, "customer", "agent_on_behalf"))


def _within_target(life: Life, clock: str) -> Iterator[Case]:
    seconds = response_seconds(life, clock)
    age = seconds_between(life.facts.created_at, life.desk.as_of)
    is_waiting = bool(life.waits) and life.waits[0].state == "waiting"
    for variant, hours in TARGET_HOURS.items():
        target = hours * HOUR
        if seconds is not None:
            is_pending = False
        elif is_waiting:
            is_pending = waited_seconds(life, clock) <= target
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


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    cases = [case for life in asking(desk) for clock in CLOCKS for case in _within_target(life, clock)]
    cases += [case for life in _of_customers(desk) for tell in (_never, _acknowledged) for case in tell(life)]
    return told_figures(cases, periods)
