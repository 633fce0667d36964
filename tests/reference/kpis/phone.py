"""Phone calls as they went: whether they came through, how long each part took, and who had them.

Where the catalogue leaves room (decision 13), this reference reads it so:

* Offered are inbound calls that came through in opening hours.
* Who hung up on hold had been answered, but gave up: in no wait, never short, and handled.
* The team is the group that was called, else the home team of who answered. Who answered is whose leg with
  talk came first; who had it last the call itself names.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.kpis.figures import Where
from tests.reference.kpis.labels import agent_key, team_label
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant

SHORT_SECONDS = 5
ABANDONED = {"abandoned_in_ivr": "in_ivr", "abandoned_in_queue": "in_queue", "abandoned_on_hold": "on_hold"}
OFFERED = {"answered", *ABANDONED, "missed", "voicemail", "callback", "overflowed"}


def seconds_of(record: Record, *parts: str) -> int:
    """How long some parts of a call or leg took together; what is not told took nothing."""
    return sum(int(record.get(f"{part}_seconds") or 0) for part in parts)


@dataclass(frozen=True)
class Call:
    """One inbound call that is over."""

    record: Record
    began_at: datetime
    ended_at: datetime
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
        return self.given_up_after is not None and self.given_up_after <= SHORT_SECONDS

    @property
    def given_up_after(self) -> int | None:
        """Seconds after which the caller gave up in the queue or the menu, if it is told."""
        name = {"abandoned_in_queue": "wait_seconds", "abandoned_in_ivr": "ivr_seconds"}.get(self.outcome)
        told = self.record.get(name) if name else None
        return None if told is None else int(told)

    @property
    def handle_seconds(self) -> int:
        """Seconds of talk, hold and work after the call."""
        return seconds_of(self.record, "talk", "hold", "wrap_up")

    @property
    def is_handled(self) -> bool:
        """Whether an agent talked to the caller."""
        return self.outcome in ("answered", "abandoned_on_hold") or bool(self.record.get("talk_seconds"))

    def is_worked_off(self, now: datetime) -> bool:
        """Whether an agent had it, and is done with it."""
        return self.is_handled and self.work_ended_at <= now

    @property
    def of_last_agent(self) -> Where:
        """The slices of the work on it: whoever had it last."""
        return Where(team=self.team, agent=agent_key(self.record.get("agent_id")))


def _read_call(record: Record, legs: list[Record], desk: Desk) -> Call:
    began_at = instant(record["started_at"])
    ended_at = began_at + timedelta(seconds=seconds_of(record, "ivr", "wait", "talk", "hold"))
    ordered = sorted(legs, key=lambda leg: (instant(leg["started_at"]), leg["leg_id"]))
    talked = [leg["agent_id"] for leg in ordered if leg.get("outcome") == "answered" and leg.get("agent_id")]
    first = talked[0] if talked else record.get("agent_id")
    return Call(
        record,
        began_at,
        ended_at,
        ended_at + timedelta(seconds=seconds_of(record, "wrap_up")),
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
    return [call for call in calls if call.ended_at <= desk.as_of]


def offered_calls(desk: Desk) -> list[Call]:
    """The calls that came through, to be answered or not.

    Args:
        desk: Its records and the instant to look at it.
    """
    return [call for call in read_calls(desk) if call.outcome in OFFERED]


def answered_within(call: Call, seconds: int) -> bool | None:
    """Whether a caller was answered in time; None when nobody tells how long an answered one waited."""
    if call.outcome != "answered":
        return False
    return None if call.wait is None else call.wait <= seconds
