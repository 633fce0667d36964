"""Calls: how fast they were answered, how many gave up or never came through, how long agents worked on them.

Where the catalogue leaves room (decision 13), this reference reads it so:

* Offered are inbound calls that came through in opening hours. What the caller went through counts on the day
  the call began; agents' work on the day on which the work after it ended.
* Who hung up on hold had been answered, but gave up: in no wait, never short, and handled.
* The team is the group that was called, else the home team of who answered. Waits are of who answered first,
  handle times of who had the call last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key, team_label
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant

ANSWER_SECONDS, SHORT_SECONDS = 20, 5
_ABANDONED = {"abandoned_in_ivr": "in_ivr", "abandoned_in_queue": "in_queue", "abandoned_on_hold": "on_hold"}
_OFFERED = {"answered", *_ABANDONED, "missed", "voicemail", "callback", "overflowed"}


def _seconds(record: Record, *names: str) -> int:
    return sum(int(record.get(f"{name}_seconds") or 0) for name in names)


@dataclass(frozen=True)
class Call:
    """One inbound call that is over."""

    record: Record
    began_at: datetime
    work_ended_at: datetime
    team: str | None
    first_agent_id: str | None
    legs: list[Record]

    @property
    def outcome(self) -> str:
        """How it ended."""
        return self.record["outcome"]

    @property
    def wait(self) -> int | None:
        """Seconds in the queue, None when nobody tells them."""
        told = self.record.get("wait_seconds")
        return None if told is None else int(told)

    @property
    def is_short(self) -> bool:
        """Whether the caller gave up so early that nobody could have answered."""
        name = {"abandoned_in_queue": "wait_seconds", "abandoned_in_ivr": "ivr_seconds"}.get(self.outcome)
        told = self.record.get(name) if name else None
        return told is not None and int(told) <= SHORT_SECONDS

    @property
    def handle_seconds(self) -> int:
        """Seconds of talk, hold and work after the call."""
        return _seconds(self.record, "talk", "hold", "wrap_up")

    @property
    def is_handled(self) -> bool:
        """Whether an agent talked to the caller."""
        return self.outcome in ("answered", "abandoned_on_hold") or bool(self.record.get("talk_seconds"))


def _read_call(record: Record, legs: list[Record], desk: Desk) -> Call:
    began_at = instant(record["started_at"])
    line = _seconds(record, "ivr", "wait", "talk", "hold")
    ordered = sorted(legs, key=lambda leg: (instant(leg["started_at"]), leg["leg_id"]))
    talked = [leg["agent_id"] for leg in ordered if leg.get("outcome") == "answered" and leg.get("agent_id")]
    first = talked[0] if talked else record.get("agent_id")
    return Call(
        record,
        began_at,
        began_at + timedelta(seconds=line + _seconds(record, "wrap_up")),
        team_label(desk, record.get("group_id")) or home_team(desk, first),
        first,
        ordered,
    )


def read_calls(desk: Desk) -> list[Call]:
    """Read the inbound calls of a desk that are over.

    Args:
        desk: Its records and the instant to look at it.
    """
    legs: dict[str, list[Record]] = {}
    for leg in desk.stream("call_legs"):
        legs.setdefault(leg["call_id"], []).append(leg)
    calls = [
        _read_call(record, legs.get(record["call_id"], []), desk)
        for record in desk.stream("calls")
        if record["direction"] == "inbound"
    ]
    ended = timedelta(0)
    return [call for call in calls if call.work_ended_at - timedelta(seconds=_seconds(call.record, "wrap_up")) + ended <= desk.as_of]


def offered_calls(desk: Desk) -> list[Call]:
    """The calls that came through, to be answered or not.

    Args:
        desk: Its records and the instant to look at it.
    """
    return [call for call in read_calls(desk) if call.outcome in _OFFERED]


def answered_within(call: Call, seconds: int) -> bool | None:
    """Whether a caller was answered in time; None when nobody tells how long an answered one waited."""
    if call.outcome != "answered":
        return False
    return None if call.wait is None else call.wait <= seconds


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
    given_up_after = call.record.get({"abandoned_in_queue": "wait_seconds", "abandoned_in_ivr": "ivr_seconds"}.get(call.outcome, ""))
    is_gone_in_time = given_up_after is not None and int(given_up_after) <= ANSWER_SECONDS
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
        kpi_id="average_speed_of_answer", variant=variant, attribution="event", clock="calendar", measure=measure,
        on=call.began_at.date(), where=Where(team=call.team, agent=agent), numerator=float(call.wait), denominator=1.0,
    )  # fmt: skip


def _blocks(call: Call) -> Iterator[Case]:
    is_blocked = call.outcome == "blocked"
    yield _rate(call, "blocked_call_rate", "default", is_blocked)
    for variant in ("default", "network", "no_staff") if is_blocked else ("default",):
        yield Case(
            kpi_id="blocked_calls", variant=variant, attribution="event", measure="count", on=call.began_at.date(),
            where=Where(team=call.team),
            numerator=float(is_blocked and variant in ("default", call.record.get("block_cause"))),
        )  # fmt: skip


def _is_worked_off(call: Call, desk: Desk) -> bool:
    return call.is_handled and call.work_ended_at <= desk.as_of


def _last_agent(call: Call) -> Where:
    return Where(team=call.team, agent=agent_key(call.record.get("agent_id")))


def _after_work(call: Call) -> Iterator[Case]:
    if call.record.get("wrap_up_seconds") is not None:
        yield Case(
            kpi_id="after_call_work_time", attribution="event", clock="calendar", measure="distribution",
            on=call.work_ended_at.date(), where=_last_agent(call),
            numerator=float(_seconds(call.record, "wrap_up")), denominator=1.0,
        )  # fmt: skip


def _parts(call: Call, desk: Desk) -> Iterator[Case]:
    """Each agent's own part of a call: all legs of one agent are one."""
    parts: dict[str, list[Record]] = {}
    for leg in call.legs:
        if leg.get("agent_id") and leg.get("outcome") == "answered":
            parts.setdefault(leg["agent_id"], []).append(leg)
    for agent_id, legs in parts.items():
        told = [(instant(leg["started_at"]), _seconds(leg, "talk", "hold", "wrap_up")) for leg in legs]
        ended = max(began_at + timedelta(seconds=seconds) for began_at, seconds in told)
        yield Case(
            kpi_id="average_handle_time", variant="per_agent", attribution="event", clock="calendar",
            measure="average", on=ended.date(), denominator=1.0,
            where=Where(team=home_team(desk, agent_id), agent=agent_key(agent_id)),
            numerator=float(sum(seconds for _, seconds in told)),
        )  # fmt: skip


def handling_cases(desk: Desk) -> Iterator[Case]:
    """The handle time of each call, and each agent's part of it.

    Args:
        desk: Its records and the instant to look at it.
    """
    for call in read_calls(desk):
        if _is_worked_off(call, desk):
            yield Case(
                kpi_id="average_handle_time", attribution="event", clock="calendar", measure="distribution",
                on=call.work_ended_at.date(), where=_last_agent(call),
                numerator=float(call.handle_seconds), denominator=1.0,
            )  # fmt: skip
            yield from _parts(call, desk)


def _losses(call: Call) -> Iterator[Case]:
    given_up = _ABANDONED.get(call.outcome)
    for variant in ("default", *_ABANDONED.values()):
        is_lost = given_up is not None and not call.is_short and variant in ("default", given_up)
        yield _rate(call, "abandonment_rate", variant, is_lost)


def _cases(desk: Desk) -> Iterator[Case]:
    for call in read_calls(desk):
        if call.outcome in _OFFERED:
            yield from _answers(call)
            yield from _waits(call)
            yield from _losses(call)
        if call.outcome in _OFFERED or call.outcome == "blocked":
            yield from _blocks(call)
        if _is_worked_off(call, desk):
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
