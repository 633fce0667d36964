"""Calls: how fast they were answered, how many gave up or never came through, and the work after them.

What the caller went through counts on the day the call began, the agents' work on the day on which the work
after it ended. Waits are of who answered first, the work after a call of who had it last (decision 13).
"""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.phone import ABANDONED, OFFERED, Call, read_calls, seconds_of
from tests.reference.kpis.raw import Desk

ANSWER_SECONDS = 20


def _rate(call: Call, kpi_id: str, variant: str, is_met: bool) -> Case:
    return Case(
        kpi_id=kpi_id, variant=variant, attribution="event", measure="rate", on=call.began_at.date(),
        where=Where(team=call.team), numerator=float(is_met), denominator=1.0,
    )  # fmt: skip


def _answers(call: Call) -> Iterator[Case]:
    is_answered = call.outcome == "answered"
    if is_answered and call.wait is None:
        return
    is_in_time = is_answered and call.wait <= ANSWER_SECONDS
    is_gone_in_time = call.given_up_after is not None and call.given_up_after <= ANSWER_SECONDS
    yield _rate(call, "service_level_answer", "offered", is_in_time)
    yield _rate(call, "service_level_answer", "answered_or_abandoned_within", is_in_time or is_gone_in_time)
    if is_answered:
        yield _rate(call, "service_level_answer", "answered_only", is_in_time)
    if not call.is_short:
        yield _rate(call, "service_level_answer", "default", is_in_time)


def _waits(call: Call) -> Iterator[Case]:
    if call.wait is None:
        return
    if call.outcome == "answered":
        variant, measure, agent = "default", "distribution", agent_key(call.first_agent_id)
    elif call.outcome == "abandoned_in_queue" and not call.is_short:
        variant, measure, agent = "avg_time_to_abandon", "average", None
    else:
        return
    yield Case(
        kpi_id="average_speed_of_answer", variant=variant, attribution="event", clock="calendar",
        measure=measure, on=call.began_at.date(), where=Where(team=call.team, agent=agent),
        numerator=float(call.wait), denominator=1.0,
    )  # fmt: skip


def _blocks(call: Call) -> Iterator[Case]:
    is_blocked = call.outcome == "blocked"
    yield _rate(call, "blocked_call_rate", "default", is_blocked)
    for variant in ("default", "network", "no_staff") if is_blocked else ("default",):
        yield Case(
            kpi_id="blocked_calls", variant=variant, attribution="event", measure="count",
            on=call.began_at.date(), where=Where(team=call.team),
            numerator=float(is_blocked and variant in ("default", call.record.get("block_cause"))),
        )  # fmt: skip


def _after_work(call: Call) -> Iterator[Case]:
    if call.record.get("wrap_up_seconds") is not None:
        yield Case(
            kpi_id="after_call_work_time", attribution="event", clock="calendar", measure="distribution",
            on=call.work_ended_at.date(), where=call.of_last_agent,
            numerator=float(seconds_of(call.record, "wrap_up")), denominator=1.0,
        )  # fmt: skip


def _losses(call: Call) -> Iterator[Case]:
    given_up = ABANDONED.get(call.outcome)
    for variant in ("default", *ABANDONED.values()):
        is_lost = given_up is not None and not call.is_short and variant in ("default", given_up)
        yield _rate(call, "abandonment_rate", variant, is_lost)


def _cases(desk: Desk) -> Iterator[Case]:
    for call in read_calls(desk):
        if call.outcome in OFFERED:
            yield from _answers(call)
            yield from _waits(call)
            yield from _losses(call)
        if call.outcome in OFFERED or call.outcome == "blocked":
            yield from _blocks(call)
        if call.is_worked_off(desk.as_of):
            yield from _after_work(call)


KPI_IDS = frozenset(
    {
        "abandonment_rate",
        "after_call_work_time",
        "average_speed_of_answer",
        "blocked_call_rate",
        "blocked_calls",
        "service_level_answer",
    }
)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs in these periods."""
    return told_figures(_cases(desk), periods)
