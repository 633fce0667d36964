"""Zendesk's own ticket metrics, in its own minutes; NULL until there is something to tell."""

from collections.abc import Mapping

from orchestration.simulate.opening_hours import OpeningHours
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_clock import NOTHING, Minutes, minutes_between
from orchestration.simulate.zendesk_creation import DEFAULT_SCHEDULE
from orchestration.simulate.zendesk_ids import SCHEDULE_IDS, user_id
from orchestration.simulate.zendesk_tickets import Record

DONE = ("solved", "closed")
_WAITS = {"requester": ("new", "open", "hold"), "agent": ("pending",), "hold": ("hold",)}
_NULL: dict[str, int | None] = {"calendar": None, "business": None}


def metrics_record(ticket: Ticket, audits: list[Audit], hours: Mapping[str, OpeningHours]) -> Record:
    """The ticket's record in ticket_metrics.

    Args:
        ticket: The finished life.
        audits: Its settled audits.
        hours: Opening hours by Zendesk's schedule id.

    Returns:
        Counts, instants and minutes up to the last audit. A wait counts once the status has changed; single
        times are business time under the schedule in force when they end, waits under each one in turn.
    """
    tally = _Tally(user_id(ticket.requester.customer_id), audits[0], hours)
    for audit in audits:
        tally.add(audit)
    return {"id": audits[0].audit_id + 1_000_000_000_000, "ticket_id": int(ticket.ticket_id)} | tally.record()


class _Tally:
    def __init__(self, requester: int, first: Audit, hours: Mapping[str, OpeningHours]) -> None:
        self._requester = requester
        self._first = first
        self._hours = hours
        self._schedule = hours[str(SCHEDULE_IDS[DEFAULT_SCHEDULE])]
        self._status = ""
        self._since = first.at
        self._running = NOTHING
        self._assignee: object = None
        self._last = first.created_at
        self._instants: dict[str, str | None] = dict.fromkeys(
            ("assignee", "requester", "status", "initial", "assigned", "solved", "comment")
        )
        self._custom_status_at: str | None = None
        self._counts = dict.fromkeys(("group", "assignee", "reopens", "replies"), 0)
        self._times: dict[str, Minutes] = {}

    def add(self, audit: Audit) -> None:
        self._last = audit.created_at
        for name, value in audit.changes.items():
            if name == "schedule_id":
                self._let_pass(audit.at)
                self._schedule = self._hours[str(value)]
            elif name == "status":
                self._move(str(value), audit)
            elif name == "custom_status_id":
                self._custom_status_at = audit.created_at
            elif name == "group_id" and value is not None:
                self._counts["group"] += 1
            elif name == "assignee_id":
                self._assign(value, audit)
        if audit.author_id == self._requester:
            self._instants["requester"] = audit.created_at
        elif str(audit.author_id) == self._assignee:
            self._instants["assignee"] = audit.created_at
        if audit.comments():
            self._instants["comment"] = audit.created_at
        if audit is not self._first and audit.kind == "agent" and audit.is_public_word():
            self._counts["replies"] += 1
            self._times.setdefault("reply", minutes_between(self._schedule, self._first.at, audit.at))

    def record(self) -> Record:
        instants, times = self._instants, self._times
        return {
            "created_at": self._first.created_at,
            "updated_at": self._last,
            "group_stations": self._counts["group"],
            "assignee_stations": self._counts["assignee"],
            "reopens": self._counts["reopens"],
            "replies": self._counts["replies"],
            "assignee_updated_at": instants["assignee"],
            "requester_updated_at": instants["requester"] or self._first.created_at,
            "status_updated_at": instants["status"],
            "initially_assigned_at": instants["initial"],
            "assigned_at": instants["assigned"],
            "solved_at": instants["solved"],
            "latest_comment_added_at": instants["comment"],
            "reply_time_in_minutes": _time(times.get("reply")),
            "first_resolution_time_in_minutes": _time(times.get("first_resolution")),
            "full_resolution_time_in_minutes": _time(times.get("full_resolution")),
            "agent_wait_time_in_minutes": _time(times.get("agent")),
            "requester_wait_time_in_minutes": _time(times.get("requester")),
            "on_hold_time_in_minutes": times.get("hold", NOTHING).record(),
            "custom_status_updated_at": self._custom_status_at,
        }

    def _let_pass(self, at: int) -> None:
        self._running = self._running.plus(minutes_between(self._schedule, self._since, at))
        self._since = at

    def _move(self, status: str, audit: Audit) -> None:
        self._let_pass(audit.at)
        for name, statuses in _WAITS.items():
            if self._status in statuses:
                self._times[name] = self._times.get(name, NOTHING).plus(self._running)
        self._running = NOTHING
        if status in DONE and self._status not in (*DONE, "deleted"):
            self._instants["solved"] = audit.created_at
            taken = minutes_between(self._schedule, self._first.at, audit.at)
            self._times["full_resolution"] = taken
            self._times.setdefault("first_resolution", taken)
        elif self._status in DONE and status not in (*DONE, "deleted"):
            self._counts["reopens"] += 1
            self._instants["solved"] = None
            del self._times["full_resolution"]
        self._status = status
        self._instants["status"] = audit.created_at

    def _assign(self, assignee: object, audit: Audit) -> None:
        self._assignee = assignee
        if assignee is None:
            return
        self._counts["assignee"] += 1
        self._instants["assigned"] = audit.created_at
        self._instants["initial"] = self._instants["initial"] or audit.created_at


def _time(minutes: Minutes | None) -> dict[str, int | None]:
    return minutes.record() if minutes else dict(_NULL)
